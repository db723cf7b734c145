package dev.muster.domain.job;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A unit of work of one tenant.
 *
 * @param attempt the fence: raised by each assignment, 0 before the first
 * @param attemptsUsed the budget used up, compared with the specification's most
 * @param agent who has it or had it last, or null
 * @param queuedAt since when it waits, as the priority formula counts; a retry by itself keeps it
 * @param availableAt not before this moment, or null for at once
 * @param dueAt when it last became due: the queue timeout counts from here
 * @param leaseExpiresAt until when its agent has it, or null when nobody does
 * @param assignedAt when its present attempt was assigned, or null; the run timeout counts from
 *     here
 * @param result the result's JSON, or null
 * @param createdBy who submitted it
 */
public record Job(
    JobId id,
    TenantId tenant,
    JobSpec spec,
    Pool pool,
    String workerType,
    JobStatus status,
    int attempt,
    int attemptsUsed,
    @Nullable AgentId agent,
    Instant queuedAt,
    @Nullable Instant availableAt,
    Instant dueAt,
    @Nullable Instant leaseExpiresAt,
    @Nullable Instant assignedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Progress progress,
    @Nullable String result,
    @Nullable JobError error,
    @Nullable Instant cancelRequestedAt,
    String createdBy) {

  /** Whether an attempt is left. */
  public boolean hasBudget() {
    return attemptsUsed < spec.maxAttempts();
  }

  /**
   * This job, given to an agent: the fence is raised and an attempt counted.
   *
   * @throws IllegalStateException where it is not queued
   */
  public Job assignedTo(AgentId to, Instant now, Instant leaseUntil) {
    return new JobDraft(this).assign(to, now, leaseUntil).toJob();
  }

  /** This job after a transition that {@link JobLifecycle} decided on for it. */
  public Job after(Transition transition, Instant now) {
    return new JobDraft(this).change(transition, now).toJob();
  }

  /** This job with its lease renewed; a job that nobody has stays as it is. */
  public Job renewed(Instant leaseUntil) {
    return status.isLeased() ? new JobDraft(this).renew(leaseUntil).toJob() : this;
  }

  /** This job with a request to cancel remembered; only the first request counts. */
  public Job cancelRequested(Instant now) {
    return cancelRequestedAt == null ? new JobDraft(this).requestCancel(now).toJob() : this;
  }
}
