package dev.muster.application.job;

import dev.muster.application.audit.Auditing.Deed;
import dev.muster.application.audit.State;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Transition;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.out.job.JobChange;
import dev.muster.ports.out.job.JobChange.AttemptEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of jobs that are locked, by the domain's decisions, to be written at once by {@link
 * JobChanges#write}. Several decisions on one job follow each other. Not thread-safe.
 */
public final class ChangedJobs {
  private final Map<JobId, JobChange> changes = new LinkedHashMap<>();
  private final List<Deed> deeds = new ArrayList<>();
  private final Set<AgentId> concerned = new LinkedHashSet<>();

  /**
   * Carries a transition out, for a caller or, where that is null, for the server's own clock.
   *
   * @param before the job as it is locked, or as the decision before left it
   * @return the job afterwards; the same where the transition changes nothing
   */
  public Job apply(@Nullable Caller caller, Job before, Transition transition, Instant now) {
    return switch (transition) {
      case Transition.Stay stay ->
          stay.progress() == null ? before : change(before, stay, now, null, null);
      case Transition.Start start -> change(before, start, now, now, null);
      case Transition.Requeue requeue -> requeue(caller, before, requeue, now);
      case Transition.End end -> end(caller, before, end, now);
      case Transition.Renew renew ->
          throw new IllegalStateException("a renewal meets the queue's limit: see JobControl");
      case Transition.Repeat repeat -> before;
      case Transition.Stale stale -> before;
    };
  }

  /** Remembers a request to cancel a leased job, and lets its agent know. */
  Job requestCancel(Job before, Instant now) {
    Job after = before.cancelRequested(now);
    if (!after.equals(before)) {
      add(JobChange.of(before, after));
      concerns(after.agent());
    }
    return after;
  }

  private Job requeue(
      @Nullable Caller caller, Job before, Transition.Requeue requeue, Instant now) {
    AttemptEnd attempt = new AttemptEnd(now, requeue.attemptOutcome(), requeue.error());
    Job after = change(before, requeue, now, null, attempt);
    note(caller, "job.requeue", before, after);
    concerns(before.agent());
    return after;
  }

  private Job end(@Nullable Caller caller, Job before, Transition.End end, Instant now) {
    Job after = change(before, end, now, null, attemptEnd(before, end, now));
    note(caller, actionOf(caller, after), before, after);
    if (before.status().isLeased()) {
      concerns(before.agent());
    }
    return after;
  }

  private static @Nullable AttemptEnd attemptEnd(Job before, Transition.End end, Instant now) {
    return end.attemptOutcome() instanceof String outcome && before.attempt() > 0
        ? new AttemptEnd(now, outcome, end.error())
        : null;
  }

  private Job change(
      Job before,
      Transition transition,
      Instant now,
      @Nullable Instant started,
      @Nullable AttemptEnd ended) {
    Job after = before.after(transition, now);
    add(new JobChange(before, after, started, ended));
    return after;
  }

  private void add(JobChange change) {
    changes.merge(change.before().id(), change, JobChange::then);
  }

  private void concerns(@Nullable AgentId agent) {
    if (agent != null) {
      concerned.add(agent);
    }
  }

  private static String actionOf(@Nullable Caller caller, Job after) {
    boolean byAgent = caller != null && caller.isAgent();
    return switch (after.status()) {
      case COMPLETED -> byAgent ? "agent.task_completed" : "job.complete";
      case FAILED -> byAgent ? "agent.task_failed" : "job.fail";
      case CANCELLED -> "job.cancel";
      case EXPIRED -> "job.expire";
      case QUEUED, ASSIGNED, RUNNING -> throw new IllegalStateException("not an end");
    };
  }

  private void note(@Nullable Caller caller, String action, Job before, Job after) {
    deeds.add(
        new Deed(
            caller,
            after.tenant(),
            action,
            JobChanges.resource(after.id()),
            JobChanges.stateOf(before),
            withOutcome(JobChanges.stateOf(after), before, after)));
  }

  private static State withOutcome(State state, Job before, Job after) {
    if (before.assignedAt() != null && after.finishedAt() != null) {
      Duration took = Duration.between(before.assignedAt(), after.finishedAt());
      state.with("duration_ms", took.toMillis());
    }
    if (after.result() != null) {
      state.with("result_characters", after.result().length());
    }
    JobError error = after.error();
    return state.with("error_class", error == null ? null : error.errorClass());
  }

  List<JobChange> changes() {
    return List.copyOf(changes.values());
  }

  List<Deed> deeds() {
    return List.copyOf(deeds);
  }

  Set<AgentId> concerned() {
    return concerned;
  }
}
