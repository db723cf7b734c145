package dev.muster.ports.out.scheduling;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentControl;
import dev.muster.domain.fleet.AgentId;
import dev.muster.ports.in.scheduling.JobDispatch.Control;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.fleet.InMemoryAgents;
import dev.muster.ports.out.job.InMemoryJobTable;
import dev.muster.ports.out.job.InMemoryJobTable.Row;
import dev.muster.ports.out.update.InMemoryNudges;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What there is to say to agents, in memory. */
public final class InMemoryAgentNews implements AgentNews {
  private final InMemoryStorage storage;
  private final InMemoryAgents agents;
  private final InMemoryJobTable table;
  private final InMemoryNudges nudges;

  /** Of agents, of the jobs in a table, and of who is to look for a release. */
  public InMemoryAgentNews(
      InMemoryStorage storage,
      InMemoryAgents agents,
      InMemoryJobTable table,
      InMemoryNudges nudges) {
    this.nudges = nudges;
    this.storage = storage;
    this.agents = agents;
    this.table = table;
  }

  @Override
  public Map<AgentId, News> of(Collection<AgentId> wanted, Instant now) {
    return storage.forAllTenants(() ->
        wanted.stream()
            .distinct()
            .flatMap(id -> agents.known(id).stream())
            .collect(Collectors.toMap(Agent::id, agent -> news(agent, now))));
  }

  private News news(Agent agent, Instant now) {
    List<Control.Cancel> cancels =
        table
            .leasedTo(agent.id())
            .filter(row -> row.job().cancelRequestedAt() != null && !row.cancelTold())
            .map(row -> new Control.Cancel(row.job().id(), row.job().attempt()))
            .toList();
    return new News(
        agent,
        agents.controlOf(agent.id()),
        nudges.dueAt(agent.id(), now),
        cancels,
        agents.keyGenerationOf(agent.id()));
  }

  @Override
  public Set<AgentId> concerned(Instant now) {
    return storage.forAllTenants(() ->
        agents
            .all()
            .filter(agent ->
                !agent.enabled()
                    || agents.keyGenerationOf(agent.id()) > 0
                    || !news(agent, now).isEmpty())
            .map(Agent::id)
            .collect(Collectors.toSet()));
  }

  @Override
  public void told(AgentId agent, News news) {
    storage.forAllTenants(() -> {
      if (news.control() instanceof AgentControl control) {
        agents.told(agent, control);
      }
      if (news.nudgeDue() instanceof Instant due) {
        nudges.told(agent, due);
      }
      Map<Object, Control.Cancel> told =
          news.cancels().stream()
              .collect(Collectors.toMap(Control.Cancel::job, Function.identity()));
      table
          .leasedTo(agent)
          .filter(row ->
              told.get(row.job().id()) instanceof Control.Cancel cancel
                  && cancel.attempt() == row.job().attempt())
          .forEach(
              row -> table.put(new Row(row.job(), row.due(), row.claimId(), row.misses(), true)));
      return true;
    });
  }
}
