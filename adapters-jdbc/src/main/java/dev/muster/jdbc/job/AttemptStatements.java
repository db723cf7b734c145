package dev.muster.jdbc.job;

import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.SqlArray;
import dev.muster.ports.out.job.JobChange;
import dev.muster.ports.out.job.JobChange.AttemptEnd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes and reads the attempts of jobs. What was noted once stays. */
final class AttemptStatements {
  private static final String NOTE_ALL =
      """
      UPDATE job_attempts AS attempt SET
        started_at = coalesce(attempt.started_at, note.started_at),
        ended_at = coalesce(attempt.ended_at, note.ended_at),
        outcome = coalesce(attempt.outcome, note.outcome),
        error_class = CASE WHEN attempt.ended_at IS NULL
          THEN note.error_class ELSE attempt.error_class END,
        error_message = CASE WHEN attempt.ended_at IS NULL
          THEN note.error_message ELSE attempt.error_message END
      FROM unnest(
          :tenants, :jobs, :numbers, :startedAt, :endedAt, :outcomes, :errorClasses,
          :errorMessages)
        AS note (
          tenant_id, job_id, number, started_at, ended_at, outcome, error_class, error_message)
      WHERE attempt.tenant_id = note.tenant_id AND attempt.job_id = note.job_id
        AND attempt.number = note.number
      """;

  private AttemptStatements() {}

  /** Notes what became of the attempts of many jobs; what was noted before stays. */
  static void noteAll(Handle handle, List<JobChange> changes) {
    List<JobChange> notes =
        changes.stream()
            .filter(change -> change.started() != null || change.ended() != null)
            .toList();
    if (notes.isEmpty()) {
      return;
    }
    handle
        .createUpdate(NOTE_ALL)
        .bind(
            "tenants", SqlArray.of(UUID.class, each(notes, note -> note.before().tenant().value())))
        .bind("jobs", SqlArray.of(UUID.class, each(notes, note -> note.before().id().value())))
        .bind("numbers", SqlArray.of(Integer.class, each(notes, note -> note.before().attempt())))
        .bind("startedAt", SqlArray.of(Instant.class, each(notes, JobChange::started)))
        .bind("endedAt", SqlArray.of(Instant.class, eachEnd(notes, AttemptEnd::at)))
        .bind("outcomes", SqlArray.of(String.class, eachEnd(notes, AttemptEnd::outcome)))
        .bind("errorClasses", SqlArray.of(String.class, eachError(notes, JobError::errorClass)))
        .bind("errorMessages", SqlArray.of(String.class, eachError(notes, JobError::message)))
        .execute();
  }

  private static <T> List<@Nullable T> eachError(
      List<JobChange> notes, Function<JobError, @Nullable T> value) {
    return eachEnd(notes, end -> end.error() == null ? null : value.apply(end.error()));
  }

  private static <T> List<@Nullable T> eachEnd(
      List<JobChange> notes, Function<AttemptEnd, @Nullable T> value) {
    return each(notes, note -> note.ended() == null ? null : value.apply(note.ended()));
  }

  private static <T> List<@Nullable T> each(
      List<JobChange> notes, Function<JobChange, @Nullable T> value) {
    List<@Nullable T> values = new ArrayList<>(notes.size());
    notes.forEach(note -> values.add(value.apply(note)));
    return values;
  }

  static List<Attempt> of(Handle handle, TenantId tenant, JobId job) {
    return handle
        .createQuery(
            """
            SELECT * FROM job_attempts
            WHERE tenant_id = :tenant AND job_id = :job
            ORDER BY number
            """)
        .bind("tenant", tenant.value())
        .bind("job", job.value())
        .map(AttemptRow.MAPPER)
        .list();
  }
}
