package dev.muster.jdbc.job;

import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Writes and reads the attempts of jobs. What was noted once stays. */
final class AttemptStatements {
  private AttemptStatements() {}

  static int started(Handle handle, TenantId tenant, JobId job, int number, Instant at) {
    return handle
        .createUpdate(
            """
            UPDATE job_attempts SET started_at = :at
            WHERE tenant_id = :tenant AND job_id = :job AND number = :number
              AND started_at IS NULL
            """)
        .bind("tenant", tenant.value())
        .bind("job", job.value())
        .bind("number", number)
        .bind("at", at)
        .execute();
  }

  static int ended(
      Handle handle,
      TenantId tenant,
      JobId job,
      int number,
      Instant at,
      String outcome,
      @Nullable JobError error) {
    Update update =
        handle
            .createUpdate(
                """
                UPDATE job_attempts SET
                  ended_at = :at, outcome = :outcome,
                  error_class = :errorClass, error_message = :errorMessage
                WHERE tenant_id = :tenant AND job_id = :job AND number = :number
                  AND ended_at IS NULL
                """)
            .bind("tenant", tenant.value())
            .bind("job", job.value())
            .bind("number", number)
            .bind("at", at)
            .bind("outcome", outcome);
    JobStatements.bindError(update, error);
    return update.execute();
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
