package dev.muster.application.job;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Transition;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.out.job.JobBatches;
import dev.muster.ports.out.scheduling.Wakeups;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what the domain decided about jobs, within an open transaction that has them locked:
 * the rows, the counters, the attempts, the audit entries and the wake-ups.
 */
public final class JobChanges {
  private final JobBatches jobs;
  private final Wakeups wakeups;
  private final Auditing auditing;

  /** Changes jobs in {@code jobs}. */
  public JobChanges(JobBatches jobs, Wakeups wakeups, Auditing auditing) {
    this.jobs = jobs;
    this.wakeups = wakeups;
    this.auditing = auditing;
  }

  /** Writes what became of jobs, with as many statements for many as for one. */
  public void write(ChangedJobs changed) {
    auditing.doneTogether(changed.deeds());
    // Last, as it takes the locks that others wait for.
    jobs.replace(changed.changes()).forEach(wakeups::standingChanged);
    changed.concerned().forEach(wakeups::agentConcerned);
  }

  /** Carries out and writes one transition: see {@link ChangedJobs#apply}. */
  public Job apply(@Nullable Caller caller, Job before, Transition transition, Instant now) {
    ChangedJobs changed = new ChangedJobs();
    Job after = changed.apply(caller, before, transition, now);
    write(changed);
    return after;
  }

  /** Remembers a request to cancel a leased job, and lets its agent know. */
  public Job requestCancel(Job before, Instant now) {
    ChangedJobs changed = new ChangedJobs();
    Job after = changed.requestCancel(before, now);
    write(changed);
    return after;
  }

  /** What an audit entry shows of a job: its state, never its payload or result. */
  public static State stateOf(Job job) {
    return State.of("status", job.status())
        .with("attempt", job.attempt())
        .with("agent", job.agent());
  }

  /** A job as an audit entry names it. */
  public static Resource resource(JobId id) {
    return new Resource("job", id.toString());
  }
}
