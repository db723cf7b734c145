package dev.muster.ports.out.job;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.out.CrossTenant;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finding jobs across tenants: for agents that serve many, for sweeps, and for operators. */
@CrossTenant("platform agents and sweeps serve all tenants")
public interface JobDirectory {
  /** Whose job this is. */
  Optional<TenantId> tenantOf(JobId id);

  /** Jobs of all tenants, newest first. */
  Page<Job> list(JobFilter filter, PageRequest page);

  /** How many jobs fit a filter, for each tenant that has any. */
  Map<TenantId, Integer> count(JobFilter filter);

  /** The jobs that an agent has under leases. */
  List<Ref> leasedTo(AgentId agent);

  /**
   * Up to {@code limit} leased jobs for which something is overdue: the lease, the run timeout, or
   * the confirmation of a cancel.
   *
   * @param cancelGrace how long after the request a cancel must be confirmed
   */
  List<Ref> overdueLeases(Instant now, Duration cancelGrace, int limit);

  /** Up to {@code limit} queued jobs past their queue timeout. */
  List<Ref> overdueInQueue(Instant now, int limit);

  /** Makes delayed jobs claimable whose time has come; answers how many. */
  int promoteDue(Instant now);

  /**
   * The places in line of jobs that have just been queued, each among all of its pool, by the
   * formula.
   *
   * @return 1 for the next; a job past {@code most}, or that does not wait, is left out
   */
  Map<JobId, Integer> positions(Collection<Job> jobs, Instant now, int most);

  /**
   * The same for jobs that somebody has just submitted and wants to know about at once, for less: a
   * job that came back to an earlier place within the last seconds may not be counted.
   */
  Map<JobId, Integer> positionsOfNew(Collection<Job> jobs, Instant now, int most);

  /** Those of these jobs that an agent has, as they are now. */
  List<Job> leased(Collection<Ref> jobs);

  /** Deletes up to {@code limit} jobs that ended before a moment, with all that belongs to them. */
  int deleteEndedBefore(Instant moment, int limit);

  /** A job and whose it is. */
  record Ref(TenantId tenant, JobId job) {}
}
