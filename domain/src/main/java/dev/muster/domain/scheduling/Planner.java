package dev.muster.domain.scheduling;

import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import java.util.ArrayList;
import java.util.List;

/** Makes plans: one contest for the shared pool, and one for each tenant that has its own. */
final class Planner {
  private final FairTurns turns;
  private final Matches shared = new Matches();
  private final OnlineAgents online = new OnlineAgents();
  private final Entrants entrants = new Entrants();
  private long moment;

  Planner(FairTurns turns) {
    this.turns = turns;
  }

  /** The starts, in the order of the decisions; takes the jobs out of the memory. */
  List<Planned> plan(QueueMemory memory, WaitingAgents agents, Circumstances circumstances) {
    online.look(circumstances.online());
    List<Start> starts = new ArrayList<>();
    if (agents.shared().hasSlots()) {
      shared.look(agents.shared(), online.of(TenantId.SYSTEM));
      PoolView pool = new PoolView(Pool.SHARED, shared, circumstances, ++moment);
      new Contest(agents, agents.shared(), pool, starts)
          .share(memory.roster(), turns, entrants, circumstances.sharedCapacity());
      moment = pool.moment();
    }
    agents
        .dedicated()
        .forEach((owner, fleet) -> {
          TenantBacklog tenant = memory.find(owner);
          if (tenant != null) {
            Matches own = new Matches();
            own.look(fleet, online.of(owner));
            PoolView pool = new PoolView(Pool.DEDICATED, own, circumstances, 1);
            new Contest(agents, fleet, pool, starts).serve(tenant.contender());
          }
        });
    starts.forEach(start -> start.contender().tenant().planned());
    return starts.stream().map(Start::planned).toList();
  }
}
