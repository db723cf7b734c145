package dev.muster.domain.job;

import dev.muster.domain.fleet.AgentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job while it is being changed: which fields each change touches. Not for sharing. */
final class JobDraft {
  private final Job before;
  private JobStatus status;
  private int attempt;
  private int attemptsUsed;
  private @Nullable AgentId agent;
  private Instant queuedAt;
  private @Nullable Instant availableAt;
  private Instant dueAt;
  private @Nullable Instant leaseExpiresAt;
  private @Nullable Instant assignedAt;
  private @Nullable Instant startedAt;
  private @Nullable Instant finishedAt;
  private @Nullable Progress progress;
  private @Nullable String result;
  private @Nullable JobError error;
  private @Nullable Instant cancelRequestedAt;

  JobDraft(Job job) {
    before = job;
    status = job.status();
    attempt = job.attempt();
    attemptsUsed = job.attemptsUsed();
    agent = job.agent();
    queuedAt = job.queuedAt();
    availableAt = job.availableAt();
    dueAt = job.dueAt();
    leaseExpiresAt = job.leaseExpiresAt();
    assignedAt = job.assignedAt();
    startedAt = job.startedAt();
    finishedAt = job.finishedAt();
    progress = job.progress();
    result = job.result();
    error = job.error();
    cancelRequestedAt = job.cancelRequestedAt();
  }

  Job toJob() {
    return new Job(
        before.id(),
        before.tenant(),
        before.spec(),
        before.pool(),
        before.workerType(),
        status,
        attempt,
        attemptsUsed,
        agent,
        queuedAt,
        availableAt,
        dueAt,
        leaseExpiresAt,
        assignedAt,
        startedAt,
        finishedAt,
        progress,
        result,
        error,
        cancelRequestedAt,
        before.createdBy());
  }

  JobDraft assign(AgentId to, Instant now, Instant leaseUntil) {
    if (status != JobStatus.QUEUED) {
      throw new IllegalStateException("only a queued job can be assigned");
    }
    status = JobStatus.ASSIGNED;
    attempt++;
    attemptsUsed++;
    agent = to;
    assignedAt = now;
    leaseExpiresAt = leaseUntil;
    startedAt = null;
    progress = null;
    error = null;
    return this;
  }

  JobDraft renew(Instant leaseUntil) {
    leaseExpiresAt = leaseUntil;
    return this;
  }

  JobDraft requestCancel(Instant now) {
    cancelRequestedAt = now;
    return this;
  }

  JobDraft change(Transition transition, Instant now) {
    return switch (transition) {
      case Transition.Stay stay -> progressed(stay.progress());
      case Transition.Start start -> start(start, now);
      case Transition.Requeue requeue -> requeue(requeue);
      case Transition.End end -> end(end, now);
      case Transition.Renew ignored -> renewBudget(now);
      case Transition.Repeat ignored -> this;
      case Transition.Stale ignored -> this;
    };
  }

  private JobDraft progressed(@Nullable Progress reported) {
    if (reported != null) {
      progress = reported;
    }
    return this;
  }

  private JobDraft start(Transition.Start start, Instant now) {
    status = JobStatus.RUNNING;
    startedAt = now;
    return progressed(start.progress());
  }

  private JobDraft requeue(Transition.Requeue requeue) {
    status = JobStatus.QUEUED;
    if (!requeue.consumesAttempt()) {
      attemptsUsed--;
    }
    availableAt = requeue.availableAt();
    dueAt = requeue.availableAt();
    error = requeue.error();
    progress = null;
    return unassign();
  }

  private JobDraft end(Transition.End end, Instant now) {
    status = end.status();
    finishedAt = now;
    result = end.result();
    error = end.error();
    return unassign();
  }

  private JobDraft renewBudget(Instant now) {
    status = JobStatus.QUEUED;
    attemptsUsed = 0;
    // Whoever had it last has no say any more: what it reports belongs to the job's earlier life.
    agent = null;
    queuedAt = now;
    availableAt = null;
    dueAt = now;
    startedAt = null;
    finishedAt = null;
    progress = null;
    result = null;
    error = null;
    cancelRequestedAt = null;
    return unassign();
  }

  private JobDraft unassign() {
    leaseExpiresAt = null;
    assignedAt = null;
    return this;
  }
}
