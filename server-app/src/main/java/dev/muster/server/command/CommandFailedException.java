package dev.muster.server.command;

import java.io.Serial;

/** A failure that is told in a line and ends the program with a code. */
final class CommandFailedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  CommandFailedException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  ExitCode exitCode() {
    return exitCode;
  }
}
