package dev.muster.jdbc.job;

import dev.muster.domain.job.JobId;
import dev.muster.domain.job.LogLimit;
import dev.muster.domain.job.LogLine;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.SqlArray;
import dev.muster.ports.in.job.JobQueries.LogPage;
import dev.muster.ports.in.job.JobQueries.StoredLine;
import dev.muster.ports.out.job.JobLogs;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The log of each job. Positions are given under the lock of the job's row, so that they commit in
 * their order: who has read up to one finds everything else after it. Thread-safe.
 */
public final class JdbcJobLogs implements JobLogs {
  /**
   * Lines go on after the last one; those that pass the limit are left out, and once, where the
   * first of them would stand, there is a line that says so. It is the last one for ever.
   */
  private static final String INSERT =
      """
      WITH newest AS (
        SELECT position, seq, bytes_so_far FROM job_logs
        WHERE tenant_id = :tenant AND job_id = :job
        ORDER BY position DESC LIMIT 1
      ), fresh AS (
        SELECT
          line.seq, line.stream, line.at, line.text,
          coalesce(newest.position, 0) + row_number() OVER (ORDER BY line.number) AS position,
          coalesce(newest.bytes_so_far, 0)
            + sum(octet_length(line.text)) OVER (ORDER BY line.number) AS bytes_so_far
        FROM unnest(:seqs, :streams, :moments, :texts)
          WITH ORDINALITY AS line (seq, stream, at, text, number)
        LEFT JOIN newest ON true
        WHERE newest.seq IS DISTINCT FROM :endSeq AND NOT EXISTS (
          SELECT FROM job_logs AS known
          WHERE known.tenant_id = :tenant AND known.job_id = :job
            AND known.attempt = :attempt AND known.seq = line.seq)
      ), marked AS (
        SELECT *, position <= :mostLines AND bytes_so_far <= :mostBytes AS fits FROM fresh
      ), kept AS (
        INSERT INTO job_logs
          (tenant_id, job_id, attempt, position, seq, stream, at, text, bytes_so_far)
        SELECT :tenant, :job, :attempt, position, seq, stream, at, text, bytes_so_far
        FROM marked WHERE fits
        UNION ALL
        SELECT :tenant, :job, :attempt, min(position), :endSeq, :endStream, :endAt, :endText, 0
        FROM marked WHERE NOT fits
        HAVING count(*) > 0
        RETURNING seq
      )
      SELECT count(*) FROM kept WHERE seq <> :endSeq
      """;

  private final JdbcTransactions transactions;
  private final LogLimit limit;

  /** On the given transactions. */
  public JdbcJobLogs(JdbcTransactions transactions, LogLimit limit) {
    this.transactions = transactions;
    this.limit = limit;
  }

  @Override
  public int append(TenantId tenant, JobId job, int attempt, List<LogLine> lines) {
    if (lines.isEmpty()) {
      return 0;
    }
    return transactions.forTenant(
        tenant,
        handle ->
            isLocked(handle, tenant, job)
                ? insert(handle, tenant, job, attempt, eachSeqOnce(lines))
                : 0);
  }

  @Override
  public LogPage read(TenantId tenant, JobId job, long after, int limit) {
    List<StoredLine> lines =
        transactions.forTenant(tenant, handle -> select(handle, tenant, job, after, limit));
    return new LogPage(lines, lines.isEmpty() ? after : lines.getLast().position());
  }

  private static boolean isLocked(Handle handle, TenantId tenant, JobId job) {
    return handle
        .createQuery(
            """
            SELECT 1 FROM jobs WHERE tenant_id = :tenant AND id = :job FOR NO KEY UPDATE
            """)
        .bind("tenant", tenant.value())
        .bind("job", job.value())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  private static Collection<LogLine> eachSeqOnce(List<LogLine> lines) {
    Map<Long, LogLine> bySeq = new LinkedHashMap<>();
    lines.forEach(line -> bySeq.putIfAbsent(line.seq(), line));
    return bySeq.values();
  }

  /**
   * A statement of its own after the lock: it sees what was committed while this one waited.
   *
   * @return how many lines are new, the one that says that it ends not counted
   */
  private int insert(
      Handle handle, TenantId tenant, JobId job, int attempt, Collection<LogLine> lines) {
    LogLine end = limit.end(lines.iterator().next().at());
    return handle
        .createQuery(INSERT)
        .bind("tenant", tenant.value())
        .bind("job", job.value())
        .bind("attempt", attempt)
        .bind("seqs", SqlArray.of(Long.class, lines.stream().map(LogLine::seq).toList()))
        .bind(
            "streams",
            SqlArray.of(String.class, lines.stream().map(l -> Columns.word(l.stream())).toList()))
        .bind("moments", SqlArray.of(Instant.class, lines.stream().map(LogLine::at).toList()))
        .bind("texts", SqlArray.of(String.class, lines.stream().map(LogLine::text).toList()))
        .bind("mostLines", limit.lines())
        .bind("mostBytes", limit.bytes())
        .bind("endSeq", end.seq())
        .bind("endStream", Columns.word(end.stream()))
        .bind("endAt", end.at())
        .bind("endText", end.text())
        .mapTo(Integer.class)
        .one();
  }

  private static List<StoredLine> select(
      Handle handle, TenantId tenant, JobId job, long after, int limit) {
    return handle
        .createQuery(
            """
            SELECT position, attempt, seq, stream, at, text FROM job_logs
            WHERE tenant_id = :tenant AND job_id = :job AND position > :after
            ORDER BY position LIMIT :limit
            """)
        .bind("tenant", tenant.value())
        .bind("job", job.value())
        .bind("after", after)
        .bind("limit", limit)
        .map(JdbcJobLogs::line)
        .list();
  }

  private static StoredLine line(ResultSet row, StatementContext context) throws SQLException {
    return new StoredLine(
        row.getLong("position"),
        row.getInt("attempt"),
        new LogLine(
            row.getLong("seq"),
            Columns.constant(row, "stream", LogLine.Stream.class),
            Columns.instant(row, "at"),
            Columns.text(row, "text")));
  }
}
