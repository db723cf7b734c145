package dev.muster.ports.out.update;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import dev.muster.ports.out.fleet.InMemoryAgentKeys;
import dev.muster.ports.out.fleet.InMemoryAgents;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which agents are to be told to look for a release, in memory. */
public final class InMemoryNudges implements Nudges {
  private final InMemoryStorage storage;
  private final InMemoryAgents agents;
  private final InMemoryAgentKeys keys;
  private final InMemoryReleases releases;
  private final InMemoryTable<AgentId, Row> rows;

  /** Of agents, their keys, and what they have applied. */
  public InMemoryNudges(
      InMemoryStorage storage,
      InMemoryAgents agents,
      InMemoryAgentKeys keys,
      InMemoryReleases releases) {
    this.storage = storage;
    this.agents = agents;
    this.keys = keys;
    this.releases = releases;
    this.rows = storage.table();
  }

  private record Row(long sequence, Instant due) {}

  @Override
  public List<Candidate> candidates(long sequence, Instant after) {
    return storage.forAllTenants(() ->
        agents
            .all()
            .filter(agent -> keys.hasUpdateKey(agent.id()))
            .filter(agent -> seenAt(agent).isAfter(after))
            .filter(agent -> !releases.hasApplied(agent.id(), sequence))
            .map(agent -> new Candidate(agent.tenant(), agent.id(), agent.abilities().region()))
            .toList());
  }

  private static Instant seenAt(Agent agent) {
    return Optional.ofNullable(agent.lastSeenAt()).orElse(agent.createdAt());
  }

  @Override
  public void add(long sequence, Collection<Nudge> nudges, Instant now) {
    storage.forAllTenants(() -> {
      rows.removeIf(row -> !row.due().isAfter(now.minus(GOOD_FOR)));
      nudges.forEach(nudge -> rows.put(nudge.agent(), new Row(sequence, nudge.due())));
      return true;
    });
  }

  @Override
  public void remove(long sequence) {
    storage.forAllTenants(() -> rows.removeIf(row -> row.sequence() == sequence));
  }

  /** Since when an agent is to be told by now, or null, for a transaction across tenants. */
  public @Nullable Instant dueAt(AgentId agent, Instant now) {
    return rows.find(agent)
        .map(Row::due)
        .filter(due -> !due.isAfter(now) && due.isAfter(now.minus(GOOD_FOR)))
        .orElse(null);
  }

  /** An agent was told, for a transaction across tenants. */
  public void told(AgentId agent, Instant due) {
    if (rows.find(agent).filter(row -> row.due().equals(due)).isPresent()) {
      rows.remove(agent);
    }
  }
}
