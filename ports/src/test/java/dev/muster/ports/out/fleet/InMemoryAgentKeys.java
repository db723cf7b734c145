package dev.muster.ports.out.fleet;

import dev.muster.domain.access.AgentGrant;
import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentKey;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The secrets of agents, in memory, and finding agents by them. */
public final class InMemoryAgentKeys implements AgentKeys, AgentLogins {
  private final InMemoryStorage storage;
  private final InMemoryAgents agents;
  private final InMemoryAgentGrants grants;
  private final InMemoryTable<TokenHash, AgentKey> keys;
  private final InMemoryTable<AgentId, SealedUpdateKey> updateKeys;
  private final InMemoryTable<AgentId, Settled> installations;

  private record Settled(UUID installation, Instant since) {}

  /** Without any; an agent that is removed takes its own along. */
  public InMemoryAgentKeys(
      InMemoryStorage storage, InMemoryAgents agents, InMemoryAgentGrants grants) {
    this.storage = storage;
    this.agents = agents;
    this.grants = grants;
    this.keys = storage.table();
    this.updateKeys = storage.table();
    this.installations = storage.table();
  }

  @Override
  public void add(
      TenantId tenant,
      AgentId agent,
      TokenHash hash,
      String prefix,
      Instant at,
      @Nullable Instant expiresAt) {
    storage.forTenant(
        tenant,
        () -> {
          agents.find(tenant, agent).orElseThrow();
          keys.put(hash, new AgentKey(agent, prefix, at, expiresAt, null, null));
          return true;
        });
  }

  @Override
  public int endAll(TenantId tenant, AgentId agent, Instant now, Instant end) {
    return changeLive(
        tenant,
        agent,
        now,
        key -> with(key, earlier(key.expiresAt(), end), null, key.lastUsedAt()));
  }

  private static Instant earlier(@Nullable Instant one, Instant other) {
    return one == null || other.isBefore(one) ? other : one;
  }

  @Override
  public int revokeAll(TenantId tenant, AgentId agent, Instant at) {
    return storage.forTenant(
        tenant,
        () -> {
          agents
              .find(tenant, agent)
              .ifPresent(known -> {
                agents.countRevocation(agent);
                installations.remove(agent);
              });
          return changeLive(
              tenant, agent, at, key -> with(key, key.expiresAt(), at, key.lastUsedAt()));
        });
  }

  private int changeLive(
      TenantId tenant, AgentId agent, Instant now, UnaryOperator<AgentKey> change) {
    return storage.forTenant(
        tenant,
        () -> {
          List<TokenHash> live =
              agents.find(tenant, agent).isEmpty()
                  ? List.of()
                  : keys.keys()
                      .filter(hash -> isLiveOf(keys.find(hash).orElseThrow(), agent, now))
                      .toList();
          live.forEach(hash -> keys.change(hash, change));
          return live.size();
        });
  }

  private static boolean isLiveOf(AgentKey key, AgentId agent, Instant now) {
    return key.agent().equals(agent) && isLive(key, now);
  }

  private static boolean isLive(AgentKey key, Instant now) {
    return key.revokedAt() == null && (key.expiresAt() == null || key.expiresAt().isAfter(now));
  }

  private static AgentKey with(
      AgentKey key,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt,
      @Nullable Instant lastUsedAt) {
    return new AgentKey(
        key.agent(), key.prefix(), key.createdAt(), expiresAt, revokedAt, lastUsedAt);
  }

  @Override
  public List<AgentKey> list(TenantId tenant, AgentId agent) {
    return storage.forTenant(
        tenant,
        () ->
            agents.find(tenant, agent).isEmpty()
                ? List.of()
                : keys.stream()
                    .filter(key -> key.agent().equals(agent))
                    .sorted(Comparator.comparing(AgentKey::createdAt).reversed())
                    .limit(MOST_LISTED)
                    .toList());
  }

  @Override
  public void used(TenantId tenant, TokenHash hash, Instant at) {
    storage.forTenant(
        tenant, () -> keys.change(hash, key -> with(key, key.expiresAt(), key.revokedAt(), at)));
  }

  @Override
  public void keepUpdateKey(TenantId tenant, AgentId agent, SealedUpdateKey key) {
    storage.forTenant(
        tenant,
        () -> {
          agents.find(tenant, agent).orElseThrow();
          int before = updateKeys.find(agent).map(SealedUpdateKey::version).orElse(0);
          if (before != 0 && before != key.version() - 1) {
            throw new IllegalStateException("the update key was replaced by another meanwhile");
          }
          updateKeys.put(agent, new SealedUpdateKey(key.version(), key.sealed().clone()));
          return true;
        });
  }

  @Override
  public Optional<SealedUpdateKey> updateKey(TenantId tenant, AgentId agent) {
    return storage.forTenant(
        tenant, () -> agents.find(tenant, agent).flatMap(known -> updateKeys.find(agent)));
  }

  /** Whether an agent has an update key, for a transaction across tenants. */
  public boolean hasUpdateKey(AgentId agent) {
    return updateKeys.find(agent).isPresent();
  }

  @Override
  public Map<TokenHash, Login> byKeys(Collection<TokenHash> hashes, Instant now) {
    Map<TokenHash, Login> logins = new HashMap<>();
    hashes.forEach(hash -> login(hash, now).ifPresent(login -> logins.put(hash, login)));
    return logins;
  }

  private Optional<Login> login(TokenHash hash, Instant now) {
    return storage.forAllTenants(() ->
        keys.find(hash)
            .filter(key -> isLive(key, now))
            .flatMap(
                key -> agents.known(key.agent()).map(agent -> login(agent, key.lastUsedAt()))));
  }

  @Override
  public Optional<Boolean> settle(Agent agent, UUID installation, Instant at, Instant goneSince) {
    return storage.forAllTenants(() -> {
      Optional<Settled> before = installations.find(agent.id());
      boolean isSame = before.filter(one -> one.installation().equals(installation)).isPresent();
      if (before.isPresent() && !isSame && !isGone(agent.id(), before.get(), goneSince)) {
        return Optional.empty();
      }
      if (!isSame) {
        installations.put(agent.id(), new Settled(installation, at));
      }
      return Optional.of(!isSame);
    });
  }

  private boolean isGone(AgentId agent, Settled settled, Instant goneSince) {
    Instant seen = agents.known(agent).map(Agent::lastSeenAt).orElse(null);
    return !settled.since().isAfter(goneSince) && (seen == null || !seen.isAfter(goneSince));
  }

  @Override
  public Optional<Login> byId(AgentId agent) {
    return storage.forAllTenants(() ->
        agents.known(agent).filter(known -> !known.isInline()).map(known -> login(known, null)));
  }

  private Login login(Agent agent, @Nullable Instant usedAt) {
    return new Login(
        agent,
        grants.of(agent.tenant(), agent.id()).stream()
            .map(AgentGrant::permission)
            .collect(Collectors.toSet()),
        agents.keyGenerationOf(agent.id()),
        usedAt,
        installations.find(agent.id()).map(Settled::installation).orElse(null));
  }

  @Override
  public List<Agent> newlyOffline(Instant offlineSince, int limit) {
    return storage.forAllTenants(() -> agents.newlyOffline(offlineSince, limit));
  }
}
