package dev.muster.server.command;

import dev.muster.jdbc.UnusableDatabaseException;
import dev.muster.jdbc.embedded.EmbeddedPostgresException;
import dev.muster.ports.StorageUnavailable;
import dev.muster.server.running.StartRefusedException;
import dev.muster.wire.CannotListen;
import java.util.Locale;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Turns what a command threw into a line and an exit code. */
final class Failures implements CommandLine.IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    ExitCode code = codeOf(failure);
    if (code == ExitCode.FAILED && !(failure instanceof CommandFailedException)) {
      LoggerFactory.getLogger(Failures.class).error("event=failed", failure);
    }
    command.getErr().println("muster-server: " + lineOf(failure));
    return code.code();
  }

  private static ExitCode codeOf(Exception failure) {
    return switch (failure) {
      case CommandFailedException known -> known.exitCode();
      case CannotListen taken -> ExitCode.PORT;
      case StartRefusedException refused -> ExitCode.CONFIGURATION;
      case UnusableDatabaseException unusable -> ExitCode.DATABASE;
      case EmbeddedPostgresException unusable -> ExitCode.DATABASE;
      case StorageUnavailable away -> ExitCode.DATABASE;
      default -> ExitCode.FAILED;
    };
  }

  private static String lineOf(Exception failure) {
    String message = String.valueOf(failure.getMessage()).strip();
    String line = message.lines().findFirst().orElse("");
    return failure instanceof StorageUnavailable
        ? "the database is away: " + reason(failure)
        : line;
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage())
        .lines()
        .findFirst()
        .orElse("no reason was given")
        .toLowerCase(Locale.ROOT);
  }
}
