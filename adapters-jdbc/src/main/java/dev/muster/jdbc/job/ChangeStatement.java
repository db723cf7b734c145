package dev.muster.jdbc.job;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.Progress;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.SqlArray;
import dev.muster.ports.out.job.JobChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Writes where many jobs stand, in one statement: an array for each column. */
final class ChangeStatement {
  private static final String UPDATE =
      """
      UPDATE jobs SET
        status = change.status, due = change.due, queued_at = change.queued_at,
        available_at = change.available_at, due_at = change.due_at,
        expires_at = change.expires_at, attempt = change.attempt,
        attempts_used = change.attempts_used, agent_id = change.agent_id,
        assigned_at = change.assigned_at, lease_expires_at = change.lease_expires_at,
        started_at = change.started_at,
        cancel_told = cancel_told
          AND jobs.cancel_requested_at IS NOT DISTINCT FROM change.cancel_requested_at,
        cancel_requested_at = change.cancel_requested_at,
        progress_percent = change.progress_percent, progress_message = change.progress_message,
        result = change.result, error_class = change.error_class,
        error_message = change.error_message, finished_at = change.finished_at
      FROM unnest(
          :tenants, :ids, :statusesBefore, :attemptsBefore,
          :statuses, :due, :queuedAt, :availableAt, :dueAt, :expiresAt, :attempts, :attemptsUsed,
          :agents, :assignedAt, :leaseExpiresAt, :startedAt, :cancelRequestedAt,
          :progressPercent, :progressMessage, :results, :errorClasses, :errorMessages, :finishedAt)
        AS change (
          tenant_id, id, status_before, attempt_before,
          status, due, queued_at, available_at, due_at, expires_at, attempt, attempts_used,
          agent_id, assigned_at, lease_expires_at, started_at, cancel_requested_at,
          progress_percent, progress_message, result, error_class, error_message, finished_at)
      WHERE jobs.tenant_id = change.tenant_id AND jobs.id = change.id
        AND jobs.status = change.status_before AND jobs.attempt = change.attempt_before
      """;

  private final Update statement;
  private final List<JobChange> changes;

  private ChangeStatement(Update statement, List<JobChange> changes) {
    this.statement = statement;
    this.changes = changes;
  }

  /**
   * Writes changes.
   *
   * @throws IllegalStateException where a job no longer has the status and the attempt that it had
   *     before
   */
  static void write(Handle handle, List<JobChange> changes, Predicate<Job> isDue) {
    int updated =
        new ChangeStatement(handle.createUpdate(UPDATE), changes)
            .condition()
            .time(isDue)
            .lease()
            .outcome()
            .statement
            .execute();
    if (updated != changes.size()) {
      throw new IllegalStateException("a job changed although it is locked");
    }
  }

  private ChangeStatement condition() {
    return each("tenants", UUID.class, change -> change.before().tenant().value())
        .each("ids", UUID.class, change -> change.before().id().value())
        .each("statusesBefore", String.class, change -> Columns.word(change.before().status()))
        .each("attemptsBefore", Integer.class, change -> change.before().attempt());
  }

  private ChangeStatement time(Predicate<Job> isDue) {
    return after("statuses", String.class, job -> Columns.word(job.status()))
        .after("due", Boolean.class, isDue::test)
        .after("queuedAt", Instant.class, Job::queuedAt)
        .after("availableAt", Instant.class, Job::availableAt)
        .after("dueAt", Instant.class, Job::dueAt)
        .after("expiresAt", Instant.class, JobStatements::expiresAt);
  }

  private ChangeStatement lease() {
    return after("attempts", Integer.class, Job::attempt)
        .after("attemptsUsed", Integer.class, Job::attemptsUsed)
        .after("agents", UUID.class, job -> job.agent() == null ? null : job.agent().value())
        .after("assignedAt", Instant.class, Job::assignedAt)
        .after("leaseExpiresAt", Instant.class, Job::leaseExpiresAt)
        .after("startedAt", Instant.class, Job::startedAt)
        .after("cancelRequestedAt", Instant.class, Job::cancelRequestedAt);
  }

  private ChangeStatement outcome() {
    return after("progressPercent", Integer.class, job -> percent(job.progress()))
        .after("progressMessage", String.class, job -> message(job.progress()))
        .after("results", String.class, Job::result)
        .after("errorClasses", String.class, job -> name(job.error()))
        .after("errorMessages", String.class, job -> message(job.error()))
        .after("finishedAt", Instant.class, Job::finishedAt);
  }

  private static @Nullable Integer percent(@Nullable Progress progress) {
    return progress == null ? null : progress.percent();
  }

  private static @Nullable String message(@Nullable Progress progress) {
    return progress == null ? null : progress.message();
  }

  private static @Nullable String name(@Nullable JobError error) {
    return error == null ? null : error.errorClass();
  }

  private static @Nullable String message(@Nullable JobError error) {
    return error == null ? null : error.message();
  }

  private <T> ChangeStatement after(String name, Class<T> type, Function<Job, @Nullable T> value) {
    return each(name, type, change -> value.apply(change.after()));
  }

  private <T> ChangeStatement each(
      String name, Class<T> type, Function<JobChange, @Nullable T> value) {
    List<@Nullable T> values = new ArrayList<>(changes.size());
    changes.forEach(change -> values.add(value.apply(change)));
    statement.bind(name, SqlArray.of(type, values));
    return this;
  }
}
