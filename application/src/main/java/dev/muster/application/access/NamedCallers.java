package dev.muster.application.access;

import dev.muster.domain.audit.AuditEntry.Origin;
import dev.muster.domain.fleet.AgentId;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Presented;
import java.time.Instant;

/** Knows the agents that come by name, with a token that all of a tenant's agents may share. */
public interface NamedCallers {
  /**
   * Which agent it is that comes; one that nobody knows yet is made. {@code unauthenticated} for a
   * token that is not good, {@code agent_name_in_use} where somebody else lives under the name.
   */
  Outcome<AgentId> whoIs(Presented.NamedAgent presented, Instant now, Origin origin);
}
