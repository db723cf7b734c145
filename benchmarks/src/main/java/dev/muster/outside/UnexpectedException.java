package dev.muster.outside;

import java.io.Serial;

/** Something did not go as it should; the message says what, and where to look. */
public final class UnexpectedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With what to tell people. */
  public UnexpectedException(String message) {
    super(message);
  }
}
