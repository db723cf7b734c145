package dev.muster.ports.out.scheduling;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentControl;
import dev.muster.domain.fleet.AgentId;
import dev.muster.ports.in.scheduling.JobDispatch.Control;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.fleet.InMemoryAgents;
import dev.muster.ports.out.job.InMemoryJobTable;
import dev.muster.ports.out.job.InMemoryJobTable.Row;
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

  /** Of agents and of the jobs in a table. */
  public InMemoryAgentNews(InMemoryStorage storage, InMemoryAgents agents, InMemoryJobTable table) {
    this.storage = storage;
    this.agents = agents;
    this.table = table;
  }

  @Override
  public Map<AgentId, News> of(Collection<AgentId> wanted) {
    return storage.forAllTenants(() ->
        wanted.stream()
            .distinct()
            .flatMap(id -> agents.known(id).stream())
            .collect(Collectors.toMap(Agent::id, this::news)));
  }

  private News news(Agent agent) {
    List<Control.Cancel> cancels =
        table
            .leasedTo(agent.id())
            .filter(row -> row.job().cancelRequestedAt() != null && !row.cancelTold())
            .map(row -> new Control.Cancel(row.job().id(), row.job().attempt()))
            .toList();
    return new News(
        agent, agents.controlOf(agent.id()), cancels, agents.keyGenerationOf(agent.id()));
  }

  @Override
  public Set<AgentId> concerned() {
    return storage.forAllTenants(() ->
        agents
            .all()
            .filter(agent ->
                !agent.enabled()
                    || agents.keyGenerationOf(agent.id()) > 0
                    || !news(agent).isEmpty())
            .map(Agent::id)
            .collect(Collectors.toSet()));
  }

  @Override
  public void told(AgentId agent, News news) {
    storage.forAllTenants(() -> {
      if (news.control() instanceof AgentControl control) {
        agents.told(agent, control);
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
