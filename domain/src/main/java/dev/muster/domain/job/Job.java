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
}
