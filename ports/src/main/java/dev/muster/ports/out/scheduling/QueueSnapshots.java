package dev.muster.ports.out.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.JobId;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.Seeker;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.CrossTenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Queue and fleet, read one by one as a simulation needs them. Nothing is locked. */
@CrossTenant("a simulation replays the queue of all tenants")
public interface QueueSnapshots {
  /**
   * The jobs of some tenants that are due, in no order.
   *
   * @param most of each tenant at most so many: those that stand first by the formula
   * @param now the moment at which the formula is looked at
   */
  List<Waiting> waiting(Map<TenantId, Integer> most, Instant now);

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
  List<Leased> leased(int most);

  /**
   * How long jobs ran on average, from being given to an agent to being completed, by type.
   *
   * @param since of jobs that were completed then or later
   * @param sample of no more than so many jobs, those that ended last
   */
  Map<String, Duration> runTimes(Instant since, int sample);

  /** A job that waits. */
  record Waiting(QueuedJob job, String type) {}

  /**
   * A job that an agent has.
   *
   * @param since when it was given to the agent
   */
  record Leased(JobId job, TenantId tenant, Pool pool, AgentId agent, String type, Instant since) {}
}
