package dev.muster.application.job;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.domain.access.Principal;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Transition;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.out.job.Jobs;
import dev.muster.ports.out.scheduling.Wakeups;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what the domain decided about a job, within an open transaction of the job's tenant
 * that has the job locked.
 */
public final class JobChanges {
  private final Jobs jobs;
  private final Wakeups wakeups;
  private final Auditing auditing;

  /** Changes jobs in {@code jobs}. */
  public JobChanges(Jobs jobs, Wakeups wakeups, Auditing auditing) {
    this.jobs = jobs;
    this.wakeups = wakeups;
    this.auditing = auditing;
  }

  /**
   * Carries a transition out, for a caller or, where that is null, for the server's own clock.
   *
   * @param before the job as it is locked
   * @return the job afterwards; the same where the transition changes nothing
   */
  public Job apply(@Nullable Caller caller, Job before, Transition transition, Instant now) {
    return switch (transition) {
      case Transition.Stay stay -> stay.progress() == null ? before : replace(before, stay, now);
      case Transition.Start start -> {
        jobs.attemptStarted(before.tenant(), before.id(), before.attempt(), now);
        yield replace(before, start, now);
      }
      case Transition.Requeue requeue -> requeue(caller, before, requeue, now);
      case Transition.End end -> end(caller, before, end, now);
      case Transition.Renew renew ->
          throw new IllegalStateException("a renewal meets the queue's limit: see JobControl");
      case Transition.Repeat repeat -> before;
      case Transition.Stale stale -> before;
    };
  }

  /** Remembers a request to cancel a leased job, and lets its agent know. */
  public Job requestCancel(Job before, Instant now) {
    Job after = before.cancelRequested(now);
    if (!after.equals(before)) {
      store(before, after);
      Optional.ofNullable(after.agent()).ifPresent(wakeups::agentConcerned);
    }
    return after;
  }

  private Job requeue(
      @Nullable Caller caller, Job before, Transition.Requeue requeue, Instant now) {
    Job after = replace(before, requeue, now);
    endAttempt(before, now, requeue.attemptOutcome(), requeue.error());
    note(caller, "job.requeue", before, after);
    wakeups.jobsMayWait();
    Optional.ofNullable(before.agent()).ifPresent(wakeups::agentConcerned);
    return after;
  }

  private Job end(@Nullable Caller caller, Job before, Transition.End end, Instant now) {
    Job after = replace(before, end, now);
    if (end.attemptOutcome() instanceof String outcome && before.attempt() > 0) {
      endAttempt(before, now, outcome, end.error());
    }
    note(caller, actionOf(caller, after), before, after);
    if (before.status().isLeased()) {
      wakeups.jobsMayWait();
      Optional.ofNullable(before.agent()).ifPresent(wakeups::agentConcerned);
    }
    return after;
  }

  private void endAttempt(Job job, Instant now, String outcome, @Nullable JobError error) {
    jobs.attemptEnded(job.tenant(), job.id(), job.attempt(), now, outcome, error);
  }

  private Job replace(Job before, Transition transition, Instant now) {
    return store(before, before.after(transition, now));
  }

  private Job store(Job before, Job after) {
    if (!jobs.replace(before.tenant(), before, after)) {
      throw new IllegalStateException("job " + before.id() + " changed although it is locked");
    }
    return after;
  }

  private static String actionOf(@Nullable Caller caller, Job after) {
    boolean byAgent = caller != null && caller.principal() instanceof Principal.OfAgent;
    return switch (after.status()) {
      case COMPLETED -> byAgent ? "agent.task_completed" : "job.complete";
      case FAILED -> byAgent ? "agent.task_failed" : "job.fail";
      case CANCELLED -> "job.cancel";
      case EXPIRED -> "job.expire";
      case QUEUED, ASSIGNED, RUNNING -> throw new IllegalStateException("not an end");
    };
  }

  private void note(@Nullable Caller caller, String action, Job before, Job after) {
    State was = stateOf(before);
    State is = withOutcome(stateOf(after), before, after);
    if (caller == null) {
      auditing.doneByServer(after.tenant(), action, resource(after.id()), was, is);
    } else {
      auditing.done(caller, after.tenant(), action, resource(after.id()), was, is);
    }
  }

  /** What an audit entry shows of a job: its state, never its payload or result. */
  public static State stateOf(Job job) {
    return State.of("status", job.status())
        .with("attempt", job.attempt())
        .with("agent", job.agent());
  }

  private static State withOutcome(State state, Job before, Job after) {
    if (before.assignedAt() != null && after.finishedAt() != null) {
      Duration took = Duration.between(before.assignedAt(), after.finishedAt());
      state.with("duration_ms", took.toMillis());
    }
    if (after.result() != null) {
      state.with("result_characters", after.result().length());
    }
    return state.with("error_class", after.error() == null ? null : after.error().errorClass());
  }

  /** A job as an audit entry names it. */
  public static Resource resource(JobId id) {
    return new Resource("job", id.toString());
  }
}
