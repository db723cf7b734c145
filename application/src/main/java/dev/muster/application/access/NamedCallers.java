package dev.muster.application.access;

import dev.muster.domain.audit.AuditEntry.Origin;
import dev.muster.domain.fleet.AgentId;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Presented;
import java.time.Instant;

/** Knows the agents that come by name, with a token that all of a tenant's agents may share. */
public interface NamedCallers {
  /**
   * Which agent it is that comes; one that nobody knows yet is made where it may join. {@code
   * unauthenticated} for a token that is not good or an agent that is not there, {@code
   * agent_name_in_use} where somebody else lives under the name.
   *
   * @param mayJoin whether it calls what agents call: a call that will be refused makes nobody
   */
  Outcome<AgentId> whoIs(
      Presented.NamedAgent presented, boolean mayJoin, Instant now, Origin origin);
}
