package dev.muster.jdbc.scheduling;

import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Priority;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.ports.in.scheduling.QueueOverview.Count;
import dev.muster.ports.in.scheduling.QueueOverview.Load;
import dev.muster.ports.in.scheduling.QueueOverview.OfCapability;
import dev.muster.ports.in.scheduling.QueueOverview.OfClass;
import dev.muster.ports.in.scheduling.QueueOverview.OfTenant;
import dev.muster.ports.in.scheduling.QueueOverview.Waits;
import dev.muster.ports.out.scheduling.QueueStatistics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Numbers over the queue. Thread-safe. */
public final class JdbcQueueStatistics implements QueueStatistics {
  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcQueueStatistics(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Load load(int mostTenants) {
    return transactions.forAllTenants(handle -> {
      List<OfTenant> tenants =
          handle
              .createQuery(QueueNumbers.TENANTS)
              .bind("most", mostTenants)
              .map(JdbcQueueStatistics::tenant)
              .list();
      return handle
          .createQuery(QueueNumbers.TOTALS)
          .map((row, context) ->
              new Load(
                  row.getLong("queued"),
                  row.getLong("running"),
                  row.getLong("running_shared"),
                  tenants))
          .one();
    });
  }

  private static OfTenant tenant(ResultSet row, StatementContext context) throws SQLException {
    return new OfTenant(
        new TenantId(Columns.uuid(row, "tenant_id")),
        new TenantSlug(Columns.text(row, "slug")),
        row.getInt("queued"),
        row.getInt("running"),
        row.getInt("max_running"));
  }

  @Override
  public List<Oldest> oldest() {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(QueueNumbers.OLDEST)
            .bind("system", TenantId.SYSTEM.value())
            .map((row, context) ->
                new Oldest(
                    row.getBoolean("shared") ? Pool.SHARED : Pool.DEDICATED,
                    Columns.constant(row, "priority", Priority.class),
                    new JobId(Columns.uuid(row, "id")),
                    new TenantId(Columns.uuid(row, "tenant_id")),
                    Columns.instant(row, "queued_at")))
            .list());
  }

  @Override
  public Count count(Instant now, int mostCapabilities) {
    return transactions.forAllTenants(handle ->
        new Count(
            now,
            handle.createQuery(QueueNumbers.COUNT_CLASSES).map(JdbcQueueStatistics::ofClass).list(),
            handle
                .createQuery(QueueNumbers.COUNT_CAPABILITIES)
                .bind("most", mostCapabilities)
                .map(JdbcQueueStatistics::ofCapability)
                .list()));
  }

  private static OfClass ofClass(ResultSet row, StatementContext context) throws SQLException {
    return new OfClass(
        Columns.constant(row, "pool", Pool.class),
        Columns.constant(row, "priority", Priority.class),
        row.getLong("queued"),
        row.getLong("delayed"));
  }

  private static OfCapability ofCapability(ResultSet row, StatementContext context)
      throws SQLException {
    return new OfCapability(Columns.text(row, "capability"), row.getLong("queued"));
  }

  @Override
  public void keep(Count count) {
    transactions.forAllTenants(handle -> {
      handle.execute("DELETE FROM queue_counts");
      PreparedBatch batch = handle.prepareBatch(QueueNumbers.KEEP);
      add(batch, count.at(), null, null, 0, 0);
      count
          .classes()
          .forEach(each -> add(batch, count.at(), each, null, each.queued(), each.delayed()));
      count
          .capabilities()
          .forEach(each -> add(batch, count.at(), null, each.capability(), each.queued(), 0));
      return batch.execute();
    });
  }

  private static void add(
      PreparedBatch batch,
      Instant at,
      @Nullable OfClass of,
      @Nullable String capability,
      long queued,
      long delayed) {
    batch
        .bind("at", at)
        .bind("pool", of == null ? null : Columns.word(of.pool()))
        .bind("priority", of == null ? null : Columns.word(of.priority()))
        .bind("capability", capability)
        .bind("queued", queued)
        .bind("delayed", delayed)
        .add();
  }

  @Override
  public Optional<Count> kept() {
    return transactions.forAllTenants(JdbcQueueStatistics::kept);
  }

  /** One row stands for neither: it says when nothing waited, too. */
  private static Optional<Count> kept(Handle handle) {
    List<Instant> at = new ArrayList<>();
    List<OfClass> classes = new ArrayList<>();
    List<OfCapability> capabilities = new ArrayList<>();
    handle
        .createQuery(QueueNumbers.KEPT)
        .map((row, context) -> {
          at.add(Columns.instant(row, "counted_at"));
          if (row.getString("capability") != null) {
            capabilities.add(ofCapability(row, context));
          } else if (row.getString("pool") != null) {
            classes.add(ofClass(row, context));
          }
          return true;
        })
        .list();
    return at.stream().findFirst().map(first -> new Count(first, classes, capabilities));
  }

  @Override
  public Waits waits(Instant since, int sample) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(QueueNumbers.WAITS)
            .bind("since", since)
            .bind("sample", sample)
            .map((row, context) ->
                new Waits(
                    since,
                    row.getInt("starts"),
                    millis(row, "median"),
                    millis(row, "ninetieth"),
                    millis(row, "ninety_ninth"),
                    millis(row, "longest")))
            .one());
  }

  private static @Nullable Duration millis(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Duration.ofMillis(millis);
  }
}
