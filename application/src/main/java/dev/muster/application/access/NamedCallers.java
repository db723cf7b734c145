package dev.muster.application.access;

import dev.muster.domain.audit.AuditEntry.Origin;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import dev.muster.ports.in.access.Presented;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Knows the agents that come by name, with a token that all of a tenant's agents may share. */
public interface NamedCallers {
  /**
   * Which agent it is that comes; one that nobody knows yet is made where it may join. {@code
   * unauthenticated} for a token that is not good or an agent that is not there, {@code
   * agent_name_in_use} where somebody else lives under the name.
   *
   * @param mayJoin whether it calls what agents call: a call that will be refused makes nobody
   * @param threshold what is asked before anything is written
   */
  Outcome<AgentId> whoIs(
      Presented.NamedAgent presented,
      boolean mayJoin,
      Instant now,
      Origin origin,
      Threshold threshold);

  /**
   * Asked for everybody who is not simply the one that came before, so that one token makes so many
   * agents and audit entries a minute and no more.
   */
  interface Threshold {
    /**
     * Spends one of the requests that a shared token has for that; a refusal where none is left.
     */
    Optional<Refusal> spend(TenantId tenant, UUID token);

    /**
     * A refusal where a certificate is asked for, and this caller did not show it.
     *
     * @param agent null for one that is not there yet
     */
    Optional<Refusal> certificate(TenantId tenant, @Nullable AgentId agent);
  }
}
