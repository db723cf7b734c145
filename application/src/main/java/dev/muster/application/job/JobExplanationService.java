package dev.muster.application.job;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobLifecycle;
import dev.muster.domain.scheduling.Explanation;
import dev.muster.domain.scheduling.PoolShare;
import dev.muster.domain.scheduling.Situation;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.job.JobExplanations;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.job.JobDirectory;
import dev.muster.ports.out.job.Jobs;
import dev.muster.ports.out.scheduling.JobQueue;
import dev.muster.ports.out.tenancy.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at what a job waits in, and has the domain say why it waits. */
public final class JobExplanationService implements JobExplanations {
  private static final int LAST_KNOWN_POSITION = 1_000;

  private final Transactions transactions;
  private final Jobs jobs;
  private final JobDirectory directory;
  private final Tenants tenants;
  private final JobQueue queue;
  private final JobScope scope;
  private final InstantSource clock;
  private final Duration lease;
  private final Duration regionPatience;

  /**
   * Reads from the given ports.
   *
   * @param lease agents seen within it are online
   * @param regionPatience how long a job waits for its preferred region
   */
  public JobExplanationService(
      Transactions transactions,
      Jobs jobs,
      JobDirectory directory,
      Tenants tenants,
      JobQueue queue,
      InstantSource clock,
      Duration lease,
      Duration regionPatience) {
    this.transactions = transactions;
    this.jobs = jobs;
    this.directory = directory;
    this.tenants = tenants;
    this.queue = queue;
    this.scope = new JobScope(transactions, directory);
    this.clock = clock;
    this.lease = lease;
    this.regionPatience = regionPatience;
  }

  @Override
  public Outcome<Explained> explain(Caller caller, JobId id) {
    return scope.within(
        caller,
        id,
        tenant ->
            jobs.find(tenant, id)
                .map(job -> Outcome.done(explained(job)))
                .orElseGet(JobScope::unknown));
  }

  private Explained explained(Job job) {
    Instant now = clock.instant();
    return transactions.acrossTenants(() -> {
      Integer position = directory.positions(List.of(job), now, LAST_KNOWN_POSITION).get(job.id());
      return new Explained(
          Standings.of(job, now),
          now,
          position,
          JobLifecycle.expiresAt(job).orElse(null),
          Explanation.of(job, situation(job, position, now)));
    });
  }

  private Situation situation(Job job, @Nullable Integer position, Instant now) {
    TenantId owner = job.pool() == Pool.SHARED ? TenantId.SYSTEM : job.tenant();
    TenantStanding standing = queue.standingOf(job.tenant()).orElseThrow();
    Instant since = now.minus(lease);
    PoolShare share =
        job.pool() == Pool.SHARED
            ? PoolShare.of(standing, queue.standings(), queue.online(since).sharedCapacity())
            : null;
    return new Situation(
        now,
        tenants.find(job.tenant()).orElseThrow(),
        standing,
        queue.crowds(owner, since),
        share,
        position,
        regionPatience);
  }
}
