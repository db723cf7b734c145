package dev.muster.ports.out.update;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.update.UpdateOutcome;
import dev.muster.domain.update.UpdateRecord;
import java.time.Instant;
import java.util.List;

/** What agents were offered, and what they said of it. */
public interface AgentUpdateLog {
  /** All of one agent. */
  List<UpdateRecord> of(TenantId tenant, AgentId agent);

  /** Notes that an agent was offered a release, unless it has been noted before. */
  void offered(TenantId tenant, AgentId agent, long sequence, Instant at);

  /**
   * Notes what an agent says of a release that it was offered.
   *
   * @return false where it said the same last, or was never offered it
   */
  boolean reported(
      TenantId tenant,
      AgentId agent,
      long sequence,
      UpdateOutcome outcome,
      String cause,
      Instant at);
}
