package dev.muster.ports.out.enrolment;

import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.enrolment.EnrolmentToken;
import dev.muster.domain.enrolment.EnrolmentTokenId;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.InMemoryPages;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import dev.muster.ports.out.fleet.InMemoryAgents;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Enrolment tokens and who joined with them, in memory. */
public final class InMemoryEnrolmentTokens implements EnrolmentTokens, EnrolmentTokenLookup {
  private final InMemoryStorage storage;
  private final InMemoryAgents agents;
  private final InMemoryTable<EnrolmentTokenId, Row> tokens;
  private final InMemoryTable<AgentId, Joined> joined;

  private record Row(EnrolmentToken token, TokenHash hash) {}

  private record Joined(
      EnrolmentTokenId token, AgentId agent, @Nullable UUID registrationId, Instant at) {}

  /** Without any. */
  public InMemoryEnrolmentTokens(InMemoryStorage storage, InMemoryAgents agents) {
    this.storage = storage;
    this.agents = agents;
    this.tokens = storage.table();
    this.joined = storage.table();
  }

  @Override
  public void add(TenantId tenant, EnrolmentToken token, TokenHash hash) {
    storage.forTenant(
        tenant,
        () -> {
          storage.mustSee(tenant);
          tokens.put(token.id(), new Row(token, hash));
          return true;
        });
  }

  @Override
  public Optional<EnrolmentToken> find(TenantId tenant, EnrolmentTokenId id) {
    return storage.forTenant(
        tenant, () -> of(tenant).filter(token -> token.id().equals(id)).findFirst());
  }

  @Override
  public Optional<EnrolmentToken> held(TenantId tenant, EnrolmentTokenId id) {
    return find(tenant, id);
  }

  private Stream<EnrolmentToken> of(TenantId tenant) {
    return tokens.stream()
        .map(Row::token)
        .filter(token -> token.tenant().equals(tenant) && storage.sees(tenant));
  }

  @Override
  public Optional<EnrolmentToken> byHash(TokenHash hash) {
    return storage.forAllTenants(
        () -> tokens.stream().filter(row -> row.hash().equals(hash)).map(Row::token).findFirst());
  }

  @Override
  public Page<EnrolmentToken> list(TenantId tenant, PageRequest page) {
    return storage.forTenant(
        tenant,
        () ->
            InMemoryPages.newestFirst(
                of(tenant), token -> new Cursor(token.createdAt(), token.id().value()), page));
  }

  @Override
  public boolean revoke(TenantId tenant, EnrolmentTokenId id, @Nullable String reason, Instant at) {
    return storage.forTenant(
        tenant,
        () -> {
          Optional<EnrolmentToken> live =
              find(tenant, id).filter(token -> token.revokedAt() == null);
          live.ifPresent(token -> replace(token, token.uses(), at, reason));
          return live.isPresent();
        });
  }

  @Override
  public boolean use(TenantId tenant, EnrolmentTokenId id, Instant now) {
    return storage.forTenant(
        tenant,
        () -> {
          Optional<EnrolmentToken> usable =
              find(tenant, id)
                  .filter(token -> token.uses() < token.maxUses())
                  .filter(token -> token.revokedAt() == null && token.expiresAt().isAfter(now));
          usable.ifPresent(token -> replace(token, token.uses() + 1, null, null));
          return usable.isPresent();
        });
  }

  private void replace(
      EnrolmentToken token, int uses, @Nullable Instant revokedAt, @Nullable String reason) {
    tokens.change(
        token.id(),
        row ->
            new Row(
                new EnrolmentToken(
                    token.id(),
                    token.tenant(),
                    token.prefix(),
                    token.description(),
                    token.constraints(),
                    token.maxUses(),
                    uses,
                    token.expiresAt(),
                    revokedAt,
                    reason,
                    token.createdAt(),
                    token.createdBy()),
                row.hash()));
  }

  @Override
  public void joined(
      TenantId tenant,
      EnrolmentTokenId id,
      AgentId agent,
      @Nullable UUID registrationId,
      Instant at) {
    storage.forTenant(
        tenant,
        () -> {
          find(tenant, id).orElseThrow();
          agents.find(tenant, agent).orElseThrow();
          joined.put(agent, new Joined(id, agent, registrationId, at));
          return true;
        });
  }

  @Override
  public Optional<AgentId> joinedAs(
      TenantId tenant, EnrolmentTokenId id, UUID registrationId, Instant since) {
    return storage.forTenant(
        tenant,
        () ->
            with(tenant, id)
                .filter(join -> registrationId.equals(join.registrationId()))
                .filter(join -> !join.at().isBefore(since))
                .max(Comparator.comparing(Joined::at))
                .map(Joined::agent));
  }

  /** Who joined and is still there. */
  private Stream<Joined> with(TenantId tenant, EnrolmentTokenId id) {
    return joined.stream()
        .filter(join -> join.token().equals(id))
        .filter(join -> agents.find(tenant, join.agent()).isPresent());
  }

  @Override
  public Page<Agent> registrations(TenantId tenant, EnrolmentTokenId id, PageRequest page) {
    return storage
        .forTenant(
            tenant,
            () ->
                InMemoryPages.newestFirst(
                    with(tenant, id), join -> new Cursor(join.at(), join.agent().value()), page))
        .map(join -> agents.find(tenant, join.agent()).orElseThrow());
  }
}
