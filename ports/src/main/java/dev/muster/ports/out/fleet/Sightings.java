package dev.muster.ports.out.fleet;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.CrossTenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** That agents called, and where. */
@CrossTenant("agents of many tenants call at one moment, and are noted together")
public interface Sightings {
  /** How often it is written at most that an agent called. */
  Duration BETWEEN_NOTES = Duration.ofSeconds(5);

  /**
   * An agent that called this replica.
   *
   * @param version the one it named; null where it named none
   */
  record Sighting(TenantId tenant, AgentId agent, Instant at, @Nullable String version) {}

  /**
   * Notes that agents called this replica, and the versions they named; time and replica are
   * written at most every {@link #BETWEEN_NOTES}, or where one had been offline, another version
   * always. An agent whose row somebody holds at this moment is left out: it will call again.
   */
  void note(List<Sighting> sightings);
}
