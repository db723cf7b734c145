package dev.muster.server.configuration;

import java.util.List;

/** How a reading ended. */
public sealed interface ConfigurationOutcome {
  /** All of it is right. */
  record Valid(ServerConfiguration configuration) implements ConfigurationOutcome {}

  /**
   * Something is wrong.
   *
   * @param problems all of it; not empty
   */
  record Invalid(List<Problem> problems) implements ConfigurationOutcome {
    /** Copies the list. */
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
