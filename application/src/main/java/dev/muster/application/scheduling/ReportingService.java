package dev.muster.application.scheduling;

import dev.muster.application.job.JobChanges;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobLifecycle;
import dev.muster.domain.job.LogLine;
import dev.muster.domain.job.Report;
import dev.muster.domain.job.Transition;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.scheduling.JobReporting;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.job.JobDirectory;
import dev.muster.ports.out.job.JobLogs;
import dev.muster.ports.out.job.Jobs;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/** Takes what agents say of their jobs. */
public final class ReportingService implements JobReporting {
  private final Transactions transactions;
  private final Jobs jobs;
  private final JobLogs logs;
  private final JobDirectory directory;
  private final JobChanges changes;
  private final InstantSource clock;
  private final RandomGenerator random;

  /** Changes jobs through {@code changes}; {@code random} spreads retries. */
  public ReportingService(
      Transactions transactions,
      Jobs jobs,
      JobLogs logs,
      JobDirectory directory,
      JobChanges changes,
      InstantSource clock,
      RandomGenerator random) {
    this.transactions = transactions;
    this.jobs = jobs;
    this.logs = logs;
    this.directory = directory;
    this.changes = changes;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Outcome<Job> report(Caller caller, JobId id, int attempt, Report report) {
    double jitter = random.nextDouble(-1, 1);
    return withJob(
        caller,
        id,
        (job, now) -> {
          Transition transition =
              JobLifecycle.onReport(job, caller.agent(), attempt, report, now, jitter);
          return transition instanceof Transition.Stale
              ? leaseLost()
              : Outcome.done(changes.apply(caller, job, transition, now));
        });
  }

  @Override
  public Outcome<Integer> log(Caller caller, JobId id, int attempt, List<LogLine> lines) {
    return withJob(
        caller,
        id,
        (job, now) ->
            attempt == job.attempt() && caller.agent().equals(job.agent())
                ? Outcome.done(logs.append(job.tenant(), id, attempt, lines))
                : leaseLost());
  }

  private <T> Outcome<T> withJob(
      Caller caller, JobId id, BiFunction<Job, Instant, Outcome<T>> work) {
    Optional<TenantId> tenant =
        transactions
            .acrossTenants(() -> directory.tenantOf(id))
            .filter(found -> mayServe(caller, found));
    return tenant.isEmpty()
        ? unknown()
        : transactions.inTenant(
            tenant.get(),
            () ->
                jobs.lock(tenant.get(), id)
                    .map(job -> ofOwn(caller, job, work))
                    .orElseGet(ReportingService::unknown));
  }

  private <T> Outcome<T> ofOwn(Caller caller, Job job, BiFunction<Job, Instant, Outcome<T>> work) {
    boolean everHadIt =
        caller.agent().equals(job.agent())
            || jobs.attempts(job.tenant(), job.id()).stream()
                .anyMatch(attempt -> attempt.agent().equals(caller.agent()));
    return everHadIt ? work.apply(job, clock.instant()) : unknown();
  }

  /** A platform agent serves many tenants, a dedicated one its own only. */
  private static boolean mayServe(Caller caller, TenantId tenant) {
    return caller.tenant().isSystem() || caller.tenant().equals(tenant);
  }

  private static <T> Outcome<T> leaseLost() {
    return Outcome.refused(
        Code.LEASE_LOST, "This attempt is no longer the newest, or no longer this agent's.");
  }

  private static <T> Outcome<T> unknown() {
    return Outcome.refused(Code.NOT_FOUND, "There is no such job.");
  }
}
