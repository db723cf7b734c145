package dev.muster.ports.in.access;

import dev.muster.domain.access.Principal;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * A principal whose credential was checked and who may do what it is about to do.
 *
 * @param signedWith which version of its signing secret this request is signed with, or null where
 *     it is not signed
 */
public record Caller(Principal principal, AuditEntry.Origin origin, @Nullable Integer signedWith) {
  /** One whose request is not signed. */
  public Caller(Principal principal, AuditEntry.Origin origin) {
    this(principal, origin, null);
  }

  /** The tenant that the credential belongs to. */
  public TenantId tenant() {
    return principal.tenant();
  }

  /** Whether this is an operator. */
  public boolean isOperator() {
    return principal instanceof Principal.OfUser user && user.isOperator();
  }

  /** Whether this is an agent, or somebody who acts as one. */
  public boolean isAgent() {
    return principal instanceof Principal.OfAgent || principal instanceof Principal.ActingAs;
  }

  /**
   * The agent that is calling, or that somebody acts as.
   *
   * @throws IllegalStateException when the caller is no agent, which the audience rules out
   */
  public AgentId agent() {
    return asAgent().agent();
  }

  /**
   * How often all keys of the agent that is calling had been taken back when it was let in.
   *
   * @throws IllegalStateException when the caller is no agent
   */
  public int keyGeneration() {
    return asAgent().keyGeneration();
  }

  private Principal.OfAgent asAgent() {
    return switch (principal) {
      case Principal.OfAgent agent -> agent;
      case Principal.ActingAs acting -> acting.agent();
      case Principal.OfUser user -> throw noAgent();
      case Principal.OfJob job -> throw noAgent();
      case Principal.OfServer server -> throw noAgent();
    };
  }

  private static IllegalStateException noAgent() {
    return new IllegalStateException("the caller is no agent");
  }
}
