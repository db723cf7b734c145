package dev.muster.ports.out.enrolment;

import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.enrolment.AgentToken;
import dev.muster.domain.enrolment.AgentTokenId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.util.Optional;

/** Tokens with which tenants' agents present themselves by name. */
public interface AgentTokens {
  /** Adds a token. */
  void add(TenantId tenant, AgentToken token, TokenHash hash);

  /** The token of this id. */
  Optional<AgentToken> find(TenantId tenant, AgentTokenId id);

  /**
   * The token of this id where it was not taken back, which nobody does then before the transaction
   * ends.
   */
  Optional<AgentToken> held(TenantId tenant, AgentTokenId id);

  /** The tenant's tokens, newest first. */
  Page<AgentToken> list(TenantId tenant, PageRequest page);

  /** Takes a token back; false where it was taken back before. */
  boolean revoke(TenantId tenant, AgentTokenId id, Instant at);
}
