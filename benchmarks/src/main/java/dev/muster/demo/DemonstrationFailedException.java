package dev.muster.demo;

import java.io.Serial;

/** Something did not go as it should; the message says what, and where to look. */
final class DemonstrationFailedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  DemonstrationFailedException(String message) {
    super(message);
  }
}
