package dev.muster.application.job;

import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.job.JobQueries;
import dev.muster.ports.in.job.JobStanding;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.job.JobDirectory;
import dev.muster.ports.out.job.JobLogs;
import dev.muster.ports.out.job.Jobs;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Looks at jobs. */
public final class JobQueryService implements JobQueries {
  private final Transactions transactions;
  private final Jobs jobs;
  private final JobLogs logs;
  private final JobDirectory directory;
  private final JobScope scope;
  private final InstantSource clock;

  /** Reads from the given ports. */
  public JobQueryService(
      Transactions transactions,
      Jobs jobs,
      JobLogs logs,
      JobDirectory directory,
      InstantSource clock) {
    this.transactions = transactions;
    this.jobs = jobs;
    this.logs = logs;
    this.directory = directory;
    this.scope = new JobScope(transactions, directory);
    this.clock = clock;
  }

  @Override
  public Outcome<JobStanding> find(Caller caller, JobId job) {
    Instant now = clock.instant();
    return scope.within(
        caller,
        job,
        tenant ->
            jobs.find(tenant, job)
                .map(found -> Outcome.done(Standings.of(found, now)))
                .orElseGet(JobScope::unknown));
  }

  @Override
  public Page<JobStanding> list(Caller caller, JobFilter filter, PageRequest page) {
    Instant now = clock.instant();
    TenantId tenant = caller.tenant();
    return (caller.isOperator()
            ? transactions.acrossTenants(() -> directory.list(filter, page))
            : transactions.inTenant(tenant, () -> jobs.list(tenant, filter, page)))
        .map(job -> Standings.of(job, now));
  }

  @Override
  public Outcome<List<Attempt>> attempts(Caller caller, JobId job) {
    return ofKnown(caller, job, tenant -> jobs.attempts(tenant, job));
  }

  @Override
  public Outcome<LogPage> logs(Caller caller, JobId job, long after, int limit) {
    return ofKnown(caller, job, tenant -> logs.read(tenant, job, after, limit));
  }

  private <T> Outcome<T> ofKnown(Caller caller, JobId job, Function<TenantId, T> read) {
    return scope.within(
        caller,
        job,
        tenant -> {
          Optional<T> found = jobs.find(tenant, job).map(known -> read.apply(tenant));
          return found.map(Outcome::done).orElseGet(JobScope::unknown);
        });
  }
}
