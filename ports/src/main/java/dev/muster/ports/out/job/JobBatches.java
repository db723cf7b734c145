package dev.muster.ports.out.job;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.ports.out.CrossTenant;
import dev.muster.ports.out.job.JobDirectory.Ref;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Changing many jobs in one transaction, with a few statements however many they are. What is
 * called here belongs into an open transaction, in the order of the methods.
 */
@CrossTenant("agents report jobs of many tenants at once, and sweeps find them so")
public interface JobBatches {
  /** Whose jobs these are; without those that are not there. */
  List<Ref> find(Collection<JobId> ids);

  /** Locks jobs until the transaction ends: as they are now, without those that are not there. */
  List<Job> lock(Collection<Ref> jobs);

  /** Of these the ones that are true: the agent has, or once had, that job. */
  Set<Holding> everHeld(Collection<Holding> holdings);

  /**
   * Replaces locked jobs by what became of them, moves the counters of their tenants and agents
   * with them, and notes what became of their attempts, unless that was noted before. A job that
   * goes back to the queue never meets its limit.
   *
   * @param changes at most one of each job
   * @return how those tenants stand then whose counters moved
   * @throws IllegalStateException and nothing is changed, where a job no longer has the state and
   *     attempt that it was locked with
   */
  List<TenantStanding> replace(List<JobChange> changes);

  /** An agent's hold on a job, now or once. */
  record Holding(Ref job, AgentId agent) {}
}
