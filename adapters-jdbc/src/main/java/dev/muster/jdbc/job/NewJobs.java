package dev.muster.jdbc.job;

import dev.muster.domain.job.JobError;
import dev.muster.domain.tracing.TraceParent;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.SqlArray;
import dev.muster.jdbc.counters.Lane;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Adds the rows of new jobs, with one statement for all of them. */
final class NewJobs {
  private static final String INSERT =
      """
      INSERT INTO jobs (
        tenant_id, id, type, priority, payload, capabilities, tools, preferred_region,
        when_no_agent, max_attempts, run_timeout_seconds, queue_timeout_seconds, not_before,
        pool, worker_type, created_by, lane, status, due, queued_at, available_at, due_at,
        expires_at, error_class, error_message, finished_at, trace_parent, attempt,
        attempts_used)
      SELECT
        tenant_id, id, type, priority, payload, capabilities::text[], tools::text[],
        preferred_region, when_no_agent, max_attempts, run_timeout, queue_timeout, not_before,
        pool, worker_type, created_by, lane, status, due, queued_at, available_at, due_at,
        expires_at, error_class, error_message, finished_at, trace_parent, 0, 0
      FROM unnest(
        :tenant, :id, :type, :priority, :payload, :capabilities, :tools, :preferredRegion,
        :whenNoAgent, :maxAttempts, :runTimeout, :queueTimeout, :notBefore,
        :pool, :workerType, :createdBy, :lane, :status, :due, :queuedAt, :availableAt, :dueAt,
        :expiresAt, :errorClass, :errorMessage, :finishedAt, :traceParent)
      AS job (
        tenant_id, id, type, priority, payload, capabilities, tools, preferred_region,
        when_no_agent, max_attempts, run_timeout, queue_timeout, not_before,
        pool, worker_type, created_by, lane, status, due, queued_at, available_at, due_at,
        expires_at, error_class, error_message, finished_at, trace_parent)
      """;

  private final Update statement;
  private final List<NewJob> jobs;

  private NewJobs(Update statement, List<NewJob> jobs) {
    this.statement = statement;
    this.jobs = jobs;
  }

  static int insert(Handle handle, List<NewJob> jobs) {
    return new NewJobs(handle.createUpdate(INSERT), jobs).bindRequests().bindStandings().execute();
  }

  private NewJobs bindRequests() {
    return ids("tenant", row -> row.job().tenant().value())
        .ids("id", row -> row.job().id().value())
        .texts("type", row -> row.spec().type())
        .texts("priority", row -> Columns.word(row.spec().priority()))
        .texts("payload", row -> row.spec().payload())
        .texts("capabilities", row -> literal(row.spec().requirements().capabilities()))
        .texts("tools", row -> literal(row.spec().requirements().tools()))
        .texts("preferredRegion", row -> row.spec().requirements().preferredRegion())
        .texts("whenNoAgent", row -> Columns.word(row.spec().whenNoAgent()))
        .numbers("maxAttempts", row -> row.spec().maxAttempts())
        .numbers("runTimeout", row -> Math.toIntExact(row.spec().runTimeout().toSeconds()))
        .numbers("queueTimeout", row -> Math.toIntExact(row.spec().queueTimeout().toSeconds()))
        .moments("notBefore", row -> row.spec().availableAt())
        .texts("pool", row -> Columns.word(row.job().pool()))
        .texts("workerType", row -> row.job().workerType())
        .texts("createdBy", row -> row.job().createdBy())
        .texts(
            "traceParent", row -> row.spec().trace() instanceof TraceParent t ? t.toString() : null)
        .ids("lane", row -> Lane.of(row.job()));
  }

  private NewJobs bindStandings() {
    each("due", Boolean.class, NewJob::due);
    return texts("status", row -> Columns.word(row.job().status()))
        .moments("queuedAt", row -> row.job().queuedAt())
        .moments("availableAt", row -> row.job().availableAt())
        .moments("dueAt", row -> row.job().dueAt())
        .moments("expiresAt", NewJob::expiresAt)
        .texts("errorClass", row -> row.job().error() instanceof JobError e ? e.errorClass() : null)
        .texts("errorMessage", row -> row.job().error() instanceof JobError e ? e.message() : null)
        .moments("finishedAt", row -> row.job().finishedAt());
  }

  private int execute() {
    return statement.execute();
  }

  private NewJobs ids(String name, Function<NewJob, UUID> of) {
    return each(name, UUID.class, of);
  }

  private NewJobs texts(String name, Function<NewJob, @Nullable String> of) {
    return each(name, String.class, of);
  }

  private NewJobs numbers(String name, Function<NewJob, Integer> of) {
    return each(name, Integer.class, of);
  }

  private NewJobs moments(String name, Function<NewJob, @Nullable Instant> of) {
    return each(name, Instant.class, of);
  }

  private NewJobs each(
      String name, Class<?> type, Function<NewJob, ? extends @Nullable Object> of) {
    statement.bind(name, SqlArray.of(type, jobs.stream().map(of).toArray()));
    return this;
  }

  /** An array as PostgreSQL writes it: there are no arrays of arrays of different lengths. */
  static String literal(Collection<String> texts) {
    StringBuilder literal = new StringBuilder("{");
    for (String text : texts) {
      literal.append(literal.length() == 1 ? "\"" : ",\"");
      literal.append(text.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
    return literal.append('}').toString();
  }
}
