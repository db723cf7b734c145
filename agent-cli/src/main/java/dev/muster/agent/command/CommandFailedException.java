package dev.muster.agent.command;

import dev.muster.agent.configuration.Problems;
import java.util.stream.Collectors;

/** A command cannot go on. Caught in one place, which prints the message and ends with the code. */
public final class CommandFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode code;

  /**
   * A failure.
   *
   * @param message what to do about it; holds no secret
   */
  public CommandFailedException(ExitCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** Fails when there are problems, and lists them all. */
  public static void unlessEmpty(Problems problems) {
    if (!problems.isEmpty()) {
      String list =
          problems.list().stream()
              .map(problem -> problem.path() + ": " + problem.message())
              .collect(Collectors.joining(System.lineSeparator()));
      throw new CommandFailedException(ExitCode.CONFIGURATION, list);
    }
  }

  ExitCode code() {
    return code;
  }
}
