package dev.muster.ports.out.fleet;

import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The secrets of agents, in memory, and finding agents by them. */
public final class InMemoryAgentKeys implements AgentKeys, AgentLogins {
  private final InMemoryStorage storage;
  private final InMemoryAgents agents;
  private final InMemoryTable<TokenHash, AgentId> keys;
  private final InMemoryTable<AgentId, byte[]> updateKeys;

  /** Without any; an agent that is removed takes its own along. */
  public InMemoryAgentKeys(InMemoryStorage storage, InMemoryAgents agents) {
    this.storage = storage;
    this.agents = agents;
    this.keys = storage.table();
    this.updateKeys = storage.table();
  }

  @Override
  public void add(TenantId tenant, AgentId agent, TokenHash hash, String prefix, Instant at) {
    storage.forTenant(
        tenant,
        () -> {
          agents.find(tenant, agent).orElseThrow();
          keys.put(hash, agent);
          return true;
        });
  }

  @Override
  public void revokeAll(TenantId tenant, AgentId agent, Instant at) {
    storage.forTenant(
        tenant,
        () -> agents.find(tenant, agent).map(known -> keys.removeIf(agent::equals)).orElse(0));
  }

  @Override
  public void keepUpdateKey(TenantId tenant, AgentId agent, byte[] sealed) {
    storage.forTenant(
        tenant,
        () -> {
          agents.find(tenant, agent).orElseThrow();
          updateKeys.put(agent, sealed.clone());
          return true;
        });
  }

  @Override
  public Optional<byte[]> updateKey(TenantId tenant, AgentId agent) {
    return storage.forTenant(
        tenant, () -> agents.find(tenant, agent).flatMap(known -> updateKeys.find(agent)));
  }

  @Override
  public Optional<Agent> byKey(TokenHash hash, Instant now) {
    return storage.forAllTenants(() -> keys.find(hash).flatMap(agents::known));
  }

  @Override
  public List<Agent> newlyOffline(Instant offlineSince, int limit) {
    return storage.forAllTenants(() -> agents.newlyOffline(offlineSince, limit));
  }
}
