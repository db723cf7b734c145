package dev.muster.ports.out.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.scheduling.Prospect.Experience;
import dev.muster.domain.scheduling.Seeker;
import dev.muster.domain.scheduling.World.Entry;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.CrossTenant;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Queue and fleet, read one by one as a simulation needs them. Nothing is locked. */
@CrossTenant("a simulation replays the queue of all tenants")
public interface QueueSnapshots {
  /** Of one job, no more attempts than these are looked at. */
  int MOST_ATTEMPTS = 20;

  /**
   * The jobs of some tenants that are due, in no order.
   *
   * @param most of each tenant at most so many: those that stand first by the formula
   * @param now the moment at which the formula is looked at
   */
  List<Entry> waiting(Map<TenantId, Integer> most, Instant now);

  /**
   * The queued jobs of all tenants that are not due yet, those that become so first before others.
   *
   * @param until of those that become due then or earlier
   * @param most no more than so many
   */
  List<Entry> delayed(Instant until, int most);

  /**
   * The agents that are online and take work, each for itself, in the order of their ids.
   *
   * @param since agents seen later than this are online
   * @param most no more than so many
   */
  List<Seeker> agents(Instant since, int most);

  /**
   * The jobs that agents have, in no order.
   *
   * @param most no more than so many
   */
  List<Held> leased(int most);

  /**
   * What the attempts of jobs were like, by type. Counted are those that completed, and those that
   * failed by an agent's word or by the run timeout; what was lost with an agent, given back or
   * cancelled says nothing of the type. How long an attempt took is counted from being given to an
   * agent.
   *
   * @param since of jobs that completed or failed then or later, the attempts that ended then or
   *     later; of each job no more than {@value #MOST_ATTEMPTS}, the last
   * @param sample of no more than so many jobs, those that ended last
   */
  Map<String, Experience> experience(Instant since, int sample);

  /**
   * A job that an agent has.
   *
   * @param since when it was given to the agent
   */
  record Held(Entry entry, AgentId agent, Instant since) {}
}
