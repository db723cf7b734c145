package dev.muster.ports.out.enrolment;

import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.enrolment.EnrolmentToken;
import dev.muster.domain.enrolment.EnrolmentTokenId;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Bootstrap tokens, which are the system tenant's, and registration tokens. */
public interface EnrolmentTokens {
  /** Adds a token. */
  void add(TenantId tenant, EnrolmentToken token, TokenHash hash);

  /** The token of this id. */
  Optional<EnrolmentToken> find(TenantId tenant, EnrolmentTokenId id);

  /** The token of this id, which nobody takes back or uses before the transaction ends. */
  Optional<EnrolmentToken> held(TenantId tenant, EnrolmentTokenId id);

  /** The tenant's tokens, newest first. */
  Page<EnrolmentToken> list(TenantId tenant, PageRequest page);

  /** Takes a token back; false where it was taken back before. */
  boolean revoke(TenantId tenant, EnrolmentTokenId id, @Nullable String reason, Instant at);

  /** Takes one use of a token, in one conditional statement; false where it admits nobody now. */
  boolean use(TenantId tenant, EnrolmentTokenId id, Instant now);

  /** Notes who joined. */
  void joined(
      TenantId tenant,
      EnrolmentTokenId id,
      AgentId agent,
      @Nullable UUID registrationId,
      Instant at);

  /** Who joined under a registration id since a moment. */
  Optional<AgentId> joinedAs(
      TenantId tenant, EnrolmentTokenId id, UUID registrationId, Instant since);

  /** Who joined with a token, newest first. */
  Page<Agent> registrations(TenantId tenant, EnrolmentTokenId id, PageRequest page);
}
