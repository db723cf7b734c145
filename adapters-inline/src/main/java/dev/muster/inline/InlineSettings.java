package dev.muster.inline;

import dev.muster.sandbox.ScriptLimits;
import java.time.Duration;
import java.util.List;

/**
 * What the worker of one replica may do.
 *
 * @param replica what the replica is called
 * @param slots how many jobs it runs at once, at least 1
 * @param limits what each script may use up
 * @param servers where scripts may send requests; none means that they have no {@code http}
 * @param beat how often leases are renewed
 */
public record InlineSettings(
    String replica, int slots, ScriptLimits limits, List<AllowedServer> servers, Duration beat) {
  /** Copies the list. */
  public InlineSettings {
    servers = List.copyOf(servers);
  }
}
