package dev.muster.application.job;

import dev.muster.application.audit.Auditing;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobLifecycle;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Transition;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.job.JobControl;
import dev.muster.ports.in.job.JobStanding;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.job.JobDirectory;
import dev.muster.ports.out.job.Jobs;
import dev.muster.ports.out.scheduling.Wakeups;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;

/** Cancels and retries jobs. */
public final class JobControlService implements JobControl {
  private final Jobs jobs;
  private final JobScope scope;
  private final JobChanges changes;
  private final Wakeups wakeups;
  private final Auditing auditing;
  private final InstantSource clock;

  /** Changes jobs in {@code jobs} through {@code changes}. */
  public JobControlService(
      Transactions transactions,
      Jobs jobs,
      JobDirectory directory,
      JobChanges changes,
      Wakeups wakeups,
      Auditing auditing,
      InstantSource clock) {
    this.jobs = jobs;
    this.scope = new JobScope(transactions, directory);
    this.changes = changes;
    this.wakeups = wakeups;
    this.auditing = auditing;
    this.clock = clock;
  }

  @Override
  public Outcome<JobStanding> cancel(Caller caller, JobId id) {
    return changed(caller, id, (job, now) -> cancel(caller, job, now));
  }

  private Outcome<Job> cancel(Caller caller, Job job, Instant now) {
    Transition transition = JobLifecycle.onCancelRequest(job);
    if (transition instanceof Transition.Stale) {
      return job.status() == JobStatus.CANCELLED ? Outcome.done(job) : ended(job);
    }
    if (transition instanceof Transition.Stay) {
      if (job.cancelRequestedAt() == null) {
        auditing.done(
            caller,
            job.tenant(),
            "job.cancel",
            JobChanges.resource(job.id()),
            JobChanges.stateOf(job),
            JobChanges.stateOf(job).with("cancel_requested", true));
      }
      return Outcome.done(changes.requestCancel(job, now));
    }
    return Outcome.done(changes.apply(caller, job, transition, now));
  }

  @Override
  public Outcome<JobStanding> retry(Caller caller, JobId id) {
    return changed(caller, id, (job, now) -> retry(caller, job, now));
  }

  private Outcome<Job> retry(Caller caller, Job job, Instant now) {
    Transition transition = JobLifecycle.onRetryByPerson(job);
    if (transition instanceof Transition.Stale) {
      return ended(job);
    }
    Job renewed = job.after(transition, now);
    return switch (jobs.enqueueAgain(job.tenant(), job, renewed)) {
      case YES -> {
        auditing.done(
            caller,
            job.tenant(),
            "job.retry",
            JobChanges.resource(job.id()),
            JobChanges.stateOf(job),
            JobChanges.stateOf(renewed));
        wakeups.jobsMayWait();
        yield Outcome.done(renewed);
      }
      case QUEUE_FULL ->
          Outcome.refused(Code.QUEUE_FULL, "The queue of this tenant's plan is full.");
      case TENANT_SUSPENDED ->
          Outcome.refused(Code.TENANT_SUSPENDED, "The tenant has been suspended.");
      case CHANGED_MEANWHILE -> throw new IllegalStateException("the job is locked");
    };
  }

  private Outcome<JobStanding> changed(
      Caller caller, JobId id, BiFunction<Job, Instant, Outcome<Job>> change) {
    return scope.within(caller, id, tenant -> changed(tenant, id, change));
  }

  private Outcome<JobStanding> changed(
      TenantId tenant, JobId id, BiFunction<Job, Instant, Outcome<Job>> change) {
    Optional<Job> found = jobs.lock(tenant, id);
    if (found.isEmpty()) {
      return JobScope.unknown();
    }
    Instant now = clock.instant();
    return change.apply(found.get(), now).map(job -> Standings.of(job, now));
  }

  private static Outcome<Job> ended(Job job) {
    return Outcome.refused(
        Code.STATE_CONFLICT,
        "The job is %s.".formatted(job.status().name().toLowerCase(java.util.Locale.ROOT)));
  }
}
