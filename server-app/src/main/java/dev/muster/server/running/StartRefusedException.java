package dev.muster.server.running;

import java.io.Serial;

/** Something that an operator must put right before the server can start, told in a line. */
public final class StartRefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  StartRefusedException(String message) {
    super(message);
  }
}
