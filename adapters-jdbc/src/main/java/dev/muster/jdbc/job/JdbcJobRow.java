package dev.muster.jdbc.job;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobSpec;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Progress;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.job.WhenNoAgent;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tracing.TraceParent;
import dev.muster.jdbc.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads a job from a row that has all columns of {@code jobs}. Thread-safe. */
public final class JdbcJobRow implements RowMapper<Job> {
  /** The one that there need be. */
  public static final JdbcJobRow MAPPER = new JdbcJobRow();

  private JdbcJobRow() {}

  @Override
  public Job map(ResultSet row, StatementContext context) throws SQLException {
    return new Job(
        new JobId(Columns.uuid(row, "id")),
        new TenantId(Columns.uuid(row, "tenant_id")),
        spec(row),
        Columns.constant(row, "pool", Pool.class),
        Columns.text(row, "worker_type"),
        Columns.constant(row, "status", JobStatus.class),
        row.getInt("attempt"),
        row.getInt("attempts_used"),
        agent(row),
        Columns.instant(row, "queued_at"),
        Columns.instantOrNull(row, "available_at"),
        Columns.instant(row, "due_at"),
        Columns.instantOrNull(row, "lease_expires_at"),
        Columns.instantOrNull(row, "assigned_at"),
        Columns.instantOrNull(row, "started_at"),
        Columns.instantOrNull(row, "finished_at"),
        progress(row),
        row.getString("result"),
        error(row),
        Columns.instantOrNull(row, "cancel_requested_at"),
        Columns.text(row, "created_by"));
  }

  /** What a job requires, from the same row. */
  public static Requirements requirements(ResultSet row) throws SQLException {
    return Requirements.of(
        Set.copyOf(Columns.texts(row, "capabilities")),
        Set.copyOf(Columns.texts(row, "tools")),
        row.getString("preferred_region"));
  }

  static @Nullable JobError error(ResultSet row) throws SQLException {
    String errorClass = row.getString("error_class");
    return errorClass == null ? null : new JobError(errorClass, Columns.text(row, "error_message"));
  }

  private static JobSpec spec(ResultSet row) throws SQLException {
    return new JobSpec(
        Columns.text(row, "type"),
        Columns.constant(row, "priority", Priority.class),
        Columns.text(row, "payload"),
        requirements(row),
        Columns.constant(row, "when_no_agent", WhenNoAgent.class),
        row.getInt("max_attempts"),
        Duration.ofSeconds(row.getLong("run_timeout_seconds")),
        Duration.ofSeconds(row.getLong("queue_timeout_seconds")),
        Columns.instantOrNull(row, "not_before"),
        TraceParent.parse(row.getString("trace_parent")));
  }

  private static @Nullable AgentId agent(ResultSet row) throws SQLException {
    UUID id = Columns.uuidOrNull(row, "agent_id");
    return id == null ? null : new AgentId(id);
  }

  private static @Nullable Progress progress(ResultSet row) throws SQLException {
    Integer percent = Columns.integerOrNull(row, "progress_percent");
    String message = row.getString("progress_message");
    return percent == null && message == null ? null : new Progress(percent, message);
  }
}
