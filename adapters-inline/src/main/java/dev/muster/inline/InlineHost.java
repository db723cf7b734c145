package dev.muster.inline;

import dev.muster.sandbox.HelperAnswer;
import dev.muster.sandbox.ScriptHost;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a script can have done by the server: write into its log, and send requests where the
 * operator has allowed it. There is no vault here, so there are no secrets.
 */
final class InlineHost implements ScriptHost {
  private final List<AllowedServer> servers;
  private final JobLog log;
  private final long deadline;
  private final Set<String> passing = new HashSet<>();

  /**
   * @param time how long the script may take
   */
  InlineHost(List<AllowedServer> servers, JobLog log, Duration time) {
    this.servers = servers;
    this.log = log;
    this.deadline = System.nanoTime() + time.toNanos();
  }

  @Override
  public Set<String> names() {
    return servers.isEmpty() ? Set.of() : Set.of("http");
  }

  @Override
  public HelperAnswer call(String name, JsonNode argument) throws InterruptedException {
    if (!name.equals("http") || servers.isEmpty()) {
      return new HelperAnswer.Refused(
          "not_allowed_here",
          name.equals("secret") ? "the server has no vault" : "there is no such helper here");
    }
    try {
      return new HelperAnswer.Value(HttpCall.of(argument, servers).send(deadline));
    } catch (CallRefusedException refusal) {
      if (refusal.isPassing()) {
        passing.add(refusal.errorClass());
      }
      return new HelperAnswer.Refused(refusal.errorClass(), String.valueOf(refusal.getMessage()));
    }
  }

  @Override
  public void log(String text) {
    log.add(text);
  }

  /** Whether another attempt might get past a refusal of this class. */
  boolean isPassing(String errorClass) {
    return passing.contains(errorClass);
  }
}
