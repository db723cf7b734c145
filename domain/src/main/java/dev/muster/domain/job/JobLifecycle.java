package dev.muster.domain.job;

import dev.muster.domain.fleet.AgentId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What may become of a job: every change of its state but its assignment is decided here.
 *
 * <p>Pure: the answer depends on the arguments only, and nothing is changed. A job that has ended
 * never changes again, unless a person wants it tried again.
 */
public final class JobLifecycle {
  /** How long an agent has to say that it has stopped a job that is to be cancelled. */
  public static final Duration CANCEL_PATIENCE = Duration.ofSeconds(60);

  private JobLifecycle() {}

  /**
   * What an agent's report does.
   *
   * @param agent who reports
   * @param attempt the fence that it was given
   * @param jitter from -1 to below 1, for the wait before another attempt
   */
  public static Transition onReport(
      Job job, AgentId agent, int attempt, Report report, Instant now, double jitter) {
    if (!isNewestAttempt(job, agent, attempt)) {
      return new Transition.Stale();
    }
    return switch (job.status()) {
      case ASSIGNED, RUNNING -> LeasedReports.on(job, report, now, jitter);
      case QUEUED -> LateReports.onRequeued(report);
      case COMPLETED, FAILED, CANCELLED, EXPIRED -> LateReports.onEnded(job, report);
    };
  }

  /**
   * Whether an agent speaks for the newest attempt of a job: what it writes with another fence is
   * refused. It may still send log lines when the attempt has ended, because they travel apart from
   * the result.
   */
  public static boolean isNewestAttempt(Job job, AgentId agent, int attempt) {
    return attempt >= 1 && attempt == job.attempt() && agent.equals(job.agent());
  }

  /** What the end of a lease does; nothing while the lease still runs at {@code now}. */
  public static Transition onLeaseLost(Job job, Instant now) {
    if (!job.status().isLeased()) {
      return new Transition.Stale();
    }
    if (job.leaseExpiresAt() != null && job.leaseExpiresAt().isAfter(now)) {
      return new Transition.Stay(null);
    }
    if (job.cancelRequestedAt() != null) {
      return cancelledUnconfirmed();
    }
    JobError error = new JobError(JobError.LEASE_LOST, "The agent was not heard of in time.");
    return job.hasBudget()
        ? new Transition.Requeue(now, true, Attempt.LEASE_LOST, error)
        : new Transition.End(JobStatus.FAILED, null, error);
  }

  /**
   * What taking a leased job away does, whether or not its lease still runs: its agent was
   * disabled, deleted or lost its credential, or did not name it in two heartbeats in a row. That
   * is not the job's fault, so it takes no attempt.
   */
  public static Transition onWithdrawn(Job job, Instant now) {
    if (!job.status().isLeased()) {
      return new Transition.Stale();
    }
    return job.cancelRequestedAt() != null
        ? cancelledUnconfirmed()
        : new Transition.Requeue(now, false, Attempt.RELEASED, null);
  }

  /** What the end of the run timeout does; to be asked at or after {@link #runsOutAt}. */
  public static Transition onRunTimeout(Job job) {
    if (!job.status().isLeased()) {
      return new Transition.Stale();
    }
    return job.cancelRequestedAt() != null
        ? cancelledUnconfirmed()
        : new Transition.End(
            JobStatus.FAILED,
            null,
            new JobError(JobError.RUN_TIMEOUT, "It took longer than its run timeout."));
  }

  /**
   * What a request to cancel does: a queued job ends at once; a leased one stays until its agent
   * says that it has stopped, and the request is to be remembered with {@link Job#cancelRequested}.
   */
  public static Transition onCancelRequest(Job job) {
    return switch (job.status()) {
      case QUEUED -> new Transition.End(JobStatus.CANCELLED, null, null);
      case ASSIGNED, RUNNING -> new Transition.Stay(null);
      case COMPLETED, FAILED, CANCELLED, EXPIRED -> new Transition.Stale();
    };
  }

  /** What the agent's silence does {@link #CANCEL_PATIENCE} after a request to cancel. */
  public static Transition onCancelDeadline(Job job) {
    return job.status().isLeased() && job.cancelRequestedAt() != null
        ? cancelledUnconfirmed()
        : new Transition.Stale();
  }

  /** What the end of the queue timeout does; to be asked at or after {@link #expiresAt}. */
  public static Transition onQueueTimeout(Job job) {
    return job.status() == JobStatus.QUEUED
        ? new Transition.End(
            JobStatus.EXPIRED,
            null,
            new JobError(JobError.QUEUE_TIMEOUT, "No agent took it within its queue timeout."))
        : new Transition.Stale();
  }

  /** Whether a person may have it tried again: from failed, cancelled or expired. */
  public static Transition onRetryByPerson(Job job) {
    return mayBeRetriedByPerson(job.status()) ? new Transition.Renew() : new Transition.Stale();
  }

  /** Whether jobs that stand so are what {@link #onRetryByPerson} renews. */
  public static boolean mayBeRetriedByPerson(JobStatus status) {
    return switch (status) {
      case FAILED, CANCELLED, EXPIRED -> true;
      case QUEUED, ASSIGNED, RUNNING, COMPLETED -> false;
    };
  }

  /** When a leased job has run for as long as it may; empty for one that nobody has. */
  public static Optional<Instant> runsOutAt(Job job) {
    return job.status().isLeased()
        ? Optional.ofNullable(job.assignedAt()).map(at -> at.plus(job.spec().runTimeout()))
        : Optional.empty();
  }

  /** When the word of its agent is waited for no longer; empty where no cancel is under way. */
  public static Optional<Instant> cancelRunsOutAt(Job job) {
    return job.status().isLeased()
        ? Optional.ofNullable(job.cancelRequestedAt()).map(at -> at.plus(CANCEL_PATIENCE))
        : Optional.empty();
  }

  /** When a queued job has waited for as long as it may; empty for one that is not queued. */
  public static Optional<Instant> expiresAt(Job job) {
    return job.status() == JobStatus.QUEUED
        ? Optional.of(job.dueAt().plus(job.spec().queueTimeout()))
        : Optional.empty();
  }

  private static Transition cancelledUnconfirmed() {
    return new Transition.End(
        JobStatus.CANCELLED,
        null,
        new JobError(JobError.CANCEL_UNCONFIRMED, "The agent never said that it had stopped."));
  }
}
