package dev.muster.jdbc.job;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.Progress;
import dev.muster.jdbc.Columns;
import dev.muster.ports.out.job.EndedJobs.Renewed;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Writes where a job stands into its row. */
final class JobStatements {
  /** Changes nothing where the job no longer has the status and the attempt that it had. */
  private static final String UPDATE =
      """
      UPDATE jobs SET
        status = :status, due = :due, queued_at = :queuedAt, available_at = :availableAt,
        due_at = :dueAt, expires_at = :expiresAt, attempt = :attempt,
        attempts_used = :attemptsUsed, agent_id = :agent, assigned_at = :assignedAt,
        lease_expires_at = :leaseExpiresAt, started_at = :startedAt,
        cancel_told = cancel_told AND cancel_requested_at IS NOT DISTINCT FROM :cancelRequestedAt,
        cancel_requested_at = :cancelRequestedAt,
        progress_percent = :progressPercent, progress_message = :progressMessage,
        result = :result, error_class = :errorClass, error_message = :errorMessage,
        finished_at = :finishedAt
      WHERE tenant_id = :tenant AND id = :id
        AND status = :statusBefore AND attempt = :attemptBefore
      """;

  private JobStatements() {}

  /** False where the job no longer has the status and the attempt of {@code before}. */
  static boolean update(Handle handle, Job before, Job after, boolean due) {
    Update update = handle.createUpdate(UPDATE);
    bindChange(update, before, after, due);
    return update.execute() == 1;
  }

  /**
   * Updates many jobs with one message to the database; answers how many were still as before.
   *
   * @param due whether those that are queued afterwards may be claimed at once
   */
  static int update(Handle handle, List<Renewed> jobs, boolean due) {
    PreparedBatch batch = handle.prepareBatch(UPDATE);
    for (Renewed job : jobs) {
      bindChange(batch, job.before(), job.after(), due);
      batch.add();
    }
    return Arrays.stream(batch.execute()).sum();
  }

  private static <S extends SqlStatement<S>> void bindChange(
      S statement, Job before, Job after, boolean due) {
    bindStanding(statement, after, due);
    statement
        .bind("tenant", before.tenant().value())
        .bind("id", before.id().value())
        .bind("statusBefore", Columns.word(before.status()))
        .bind("attemptBefore", before.attempt());
  }

  private static <S extends SqlStatement<S>> void bindStanding(S statement, Job job, boolean due) {
    UUID agent = job.agent() == null ? null : job.agent().value();
    statement
        .bind("status", Columns.word(job.status()))
        .bind("due", due)
        .bind("queuedAt", job.queuedAt())
        .bind("availableAt", job.availableAt())
        .bind("dueAt", job.dueAt())
        .bind("expiresAt", expiresAt(job))
        .bind("attempt", job.attempt())
        .bind("attemptsUsed", job.attemptsUsed())
        .bind("agent", agent)
        .bind("assignedAt", job.assignedAt())
        .bind("leaseExpiresAt", job.leaseExpiresAt())
        .bind("startedAt", job.startedAt())
        .bind("cancelRequestedAt", job.cancelRequestedAt())
        .bind("result", job.result())
        .bind("finishedAt", job.finishedAt());
    bindProgress(statement, job.progress());
    bindError(statement, job.error());
  }

  static Instant expiresAt(Job job) {
    return job.dueAt().plus(job.spec().queueTimeout());
  }

  private static <S extends SqlStatement<S>> void bindProgress(
      S statement, @Nullable Progress progress) {
    statement
        .bind("progressPercent", progress == null ? null : progress.percent())
        .bind("progressMessage", progress == null ? null : progress.message());
  }

  static <S extends SqlStatement<S>> void bindError(S statement, @Nullable JobError error) {
    statement
        .bind("errorClass", error == null ? null : error.errorClass())
        .bind("errorMessage", error == null ? null : error.message());
  }
}
