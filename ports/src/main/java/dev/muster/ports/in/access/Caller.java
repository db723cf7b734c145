package dev.muster.ports.in.access;

import dev.muster.domain.access.Principal;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;

/** A principal whose credential was checked and who may do what it is about to do. */
public record Caller(Principal principal, AuditEntry.Origin origin) {
  /** The tenant that the credential belongs to. */
  public TenantId tenant() {
    return principal.tenant();
  }

  /** Whether this is an operator. */
  public boolean isOperator() {
    return principal instanceof Principal.OfUser user && user.isOperator();
  }

  /**
   * The agent that is calling.
   *
   * @throws IllegalStateException when the caller is no agent, which the audience rules out
   */
  public AgentId agent() {
    if (principal instanceof Principal.OfAgent agent) {
      return agent.agent();
    }
    throw new IllegalStateException("the caller is no agent");
  }
}
