package dev.muster.ports.out.enrolment;

import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.enrolment.AgentToken;
import dev.muster.domain.enrolment.AgentTokenId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.InMemoryPages;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Agent tokens, in memory. */
public final class InMemoryAgentTokens implements AgentTokens, AgentTokenLookup {
  private final InMemoryStorage storage;
  private final InMemoryTable<TokenHash, AgentToken> tokens;

  /** Without any. */
  public InMemoryAgentTokens(InMemoryStorage storage) {
    this.storage = storage;
    this.tokens = storage.table();
  }

  @Override
  public void add(TenantId tenant, AgentToken token, TokenHash hash) {
    storage.forTenant(
        tenant,
        () -> {
          storage.mustSee(tenant);
          tokens.put(hash, token);
          return true;
        });
  }

  @Override
  public Optional<AgentToken> find(TenantId tenant, AgentTokenId id) {
    return storage.forTenant(
        tenant, () -> of(tenant).filter(token -> token.id().equals(id)).findFirst());
  }

  @Override
  public Optional<AgentToken> held(TenantId tenant, AgentTokenId id) {
    return find(tenant, id).filter(token -> token.revokedAt() == null);
  }

  @Override
  public Page<AgentToken> list(TenantId tenant, PageRequest page) {
    return storage.forTenant(
        tenant,
        () ->
            InMemoryPages.newestFirst(
                of(tenant), token -> new Cursor(token.createdAt(), token.id().value()), page));
  }

  @Override
  public boolean revoke(TenantId tenant, AgentTokenId id, Instant at) {
    return storage.forTenant(
        tenant,
        () -> {
          Optional<AgentToken> live = find(tenant, id).filter(token -> token.revokedAt() == null);
          live.ifPresent(token ->
              tokens
                  .keys()
                  .filter(hash -> tokens.find(hash).filter(token::equals).isPresent())
                  .toList()
                  .forEach(hash -> tokens.put(hash, revoked(token, at))));
          return live.isPresent();
        });
  }

  private static AgentToken revoked(AgentToken token, Instant at) {
    return new AgentToken(
        token.id(),
        token.tenant(),
        token.name(),
        token.prefix(),
        token.createdAt(),
        token.createdBy(),
        at,
        token.lastUsedAt());
  }

  @Override
  public Optional<AgentToken> live(TokenHash hash) {
    return storage.forAllTenants(
        () -> tokens.find(hash).filter(token -> token.revokedAt() == null));
  }

  private Stream<AgentToken> of(TenantId tenant) {
    return tokens.stream().filter(token -> token.tenant().equals(tenant) && storage.sees(tenant));
  }
}
