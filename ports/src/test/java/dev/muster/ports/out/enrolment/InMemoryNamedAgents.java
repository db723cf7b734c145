package dev.muster.ports.out.enrolment;

import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.enrolment.Flow;
import dev.muster.domain.enrolment.PlatformKeyId;
import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import dev.muster.ports.out.fleet.InMemoryAgentKeys;
import dev.muster.ports.out.fleet.InMemoryAgents;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Agents that come by name, in memory. */
public final class InMemoryNamedAgents implements NamedAgents {
  private final InMemoryStorage storage;
  private final InMemoryAgents agents;
  private final InMemoryAgentKeys keys;
  private final InMemoryTable<AgentId, Row> rows;
  private final InMemoryTable<TokenHash, Given> tokens;

  private record Row(Flow flow, @Nullable UUID instance, UUID presented, Instant since) {}

  private record Given(AgentId agent, PlatformKeyId key) {}

  /** Without any; an agent that is removed takes its own along. */
  public InMemoryNamedAgents(
      InMemoryStorage storage, InMemoryAgents agents, InMemoryAgentKeys keys) {
    this.storage = storage;
    this.agents = agents;
    this.keys = keys;
    this.rows = storage.table();
    this.tokens = storage.table();
  }

  @Override
  public Optional<NamedAgent> find(TenantId tenant, AgentName name) {
    return storage.forTenant(
        tenant,
        () ->
            agents
                .byName(tenant, name)
                .flatMap(agent ->
                    rows.find(agent.id())
                        .map(row ->
                            new NamedAgent(agent, row.flow(), row.instance(), row.presented()))));
  }

  @Override
  public boolean add(TenantId tenant, AgentId agent, Flow flow, Presence presence, int most) {
    return storage.forTenant(
        tenant,
        () -> {
          agents.find(tenant, agent).orElseThrow();
          if (ofTenant(tenant).count() >= most) {
            return false;
          }
          rows.put(agent, new Row(flow, presence.instance(), presence.presented(), presence.at()));
          return true;
        });
  }

  @Override
  public boolean speak(TenantId tenant, AgentId id, Presence presence, Instant onlineSince) {
    return storage.forTenant(
        tenant,
        () -> {
          Row row = rows.find(id).orElseThrow();
          Agent agent = agents.find(tenant, id).orElseThrow();
          if (!maySpeak(row, agent, presence.instance(), onlineSince)) {
            return false;
          }
          UUID instance = presence.instance();
          boolean isSame = Objects.equals(instance, row.instance());
          Instant since = isSame ? row.since() : presence.at();
          rows.put(id, new Row(row.flow(), instance, presence.presented(), since));
          return true;
        });
  }

  private static boolean maySpeak(
      Row row, Agent agent, @Nullable UUID instance, Instant onlineSince) {
    boolean isSilent = agent.lastSeenAt() == null || !agent.lastSeenAt().isAfter(onlineSince);
    return row.instance() == null
        || row.instance().equals(instance)
        || isSilent && !row.since().isAfter(onlineSince);
  }

  @Override
  public void declare(
      TenantId tenant,
      AgentId agent,
      Abilities abilities,
      int maxConcurrent,
      @Nullable String version) {
    agents.declare(tenant, agent, abilities, maxConcurrent, version);
  }

  @Override
  public List<AgentId> whoPresented(TenantId tenant, UUID presented) {
    return storage.forTenant(
        tenant,
        () ->
            ofTenant(tenant)
                .filter(id -> rows.find(id).orElseThrow().presented().equals(presented))
                .toList());
  }

  private Stream<AgentId> ofTenant(TenantId tenant) {
    return agents
        .all()
        .filter(agent -> agent.tenant().equals(tenant))
        .map(Agent::id)
        .filter(id -> rows.find(id).isPresent());
  }

  @Override
  public void giveToken(TenantId tenant, AgentId agent, SharedToken token, Instant othersEnd) {
    storage.forTenant(
        tenant,
        () -> {
          keys.endAll(tenant, agent, token.from(), othersEnd);
          keys.add(tenant, agent, token.hash(), token.prefix(), token.from(), token.until());
          tokens.put(token.hash(), new Given(agent, token.key()));
          return true;
        });
  }

  /** Of agents that came with another key since, too: here nobody asks for the difference. */
  void endTokensOf(TenantId tenant, PlatformKeyId key, Instant end) {
    tokens.stream()
        .filter(given -> given.key().equals(key))
        .forEach(given -> keys.endAll(tenant, given.agent(), Instant.MIN, end));
  }
}
