package dev.muster.jdbc.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.TestDatabase;
import dev.muster.ports.out.Samples;
import dev.muster.ports.out.audit.AuditChains;
import dev.muster.ports.out.audit.AuditChainsContract;
import dev.muster.ports.out.audit.AuditLog;
import dev.muster.ports.out.audit.AuditRetentions;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JdbcAuditChainsTest extends AuditChainsContract {
  private static TestDatabase database;

  @BeforeAll
  static void open() {
    database = TestDatabase.open();
    new JdbcAuditLog(database.transactions())
        .preparePartitions(Instant.parse("2026-01-10T00:00:00Z"));
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Override
  protected AuditLog log() {
    return new JdbcAuditLog(database.transactions());
  }

  @Override
  protected AuditChains chains() {
    return new JdbcAuditChains(database.transactions());
  }

  @Override
  protected AuditRetentions retentions() {
    return new JdbcAuditRetentions(database.transactions());
  }

  @Test
  void an_entry_that_commits_late_is_not_skipped() {
    JdbcAuditLog log = new JdbcAuditLog(database.transactions());
    TenantId mine = aTenant();
    TenantId other = aTenant();
    AuditEntry late = entry(mine);
    AuditEntry early = entry(other);

    database
        .transactions()
        .inTenant(
            mine,
            () -> {
              log.append(mine, late);
              elsewhere(() -> {
                log.append(other, early);
                assertThat(chains().next(10)).isEmpty();
              });
              return true;
            });

    assertThat(chains().next(10)).extracting(AuditChains.Next::entry).containsExactly(late, early);
  }

  @Test
  void no_entry_goes_that_its_tenant_keeps() {
    TenantId mine = aTenant();
    new JdbcAuditLog(database.transactions()).append(mine, entry(mine));

    assertThatThrownBy(() -> delete(mine)).hasStackTraceContaining("the audit log keeps this row");
    retentions().set(mine, 36_500);
    assertThatThrownBy(() -> delete(mine)).hasStackTraceContaining("the audit log keeps this row");
    retentions().set(mine, 30);
    assertThat(delete(mine)).isEqualTo(1);
  }

  @Test
  void a_month_that_has_become_empty_is_dropped_and_no_other() {
    new JdbcAuditLog(database.transactions())
        .preparePartitions(Instant.parse("2019-01-15T00:00:00Z"));
    TenantId mine = aTenant();
    AuditEntry old = entry(mine, Instant.parse("2019-02-03T00:00:00Z"));
    new JdbcAuditLog(database.transactions()).append(mine, old);

    Instant april = Instant.parse("2019-04-01T00:00:00Z");
    assertThat(retentions().dropEmptyPartitions(april)).isEqualTo(2);
    assertThat(retentions().dropEmptyPartitions(april)).isZero();

    retentions().set(mine, 30);
    delete(mine);
    database.asSuperuser().useHandle(handle -> handle.execute("VACUUM audit_events"));
    assertThat(retentions().dropEmptyPartitions(april)).isEqualTo(1);
  }

  @Test
  void an_entry_of_a_month_that_has_no_partition_raises_an_alarm() {
    assertThat(retentions().defaultPartitionUsed()).isFalse();

    TenantId mine = aTenant();
    AuditEntry old = entry(mine, Instant.parse("2010-01-15T00:00:00Z"));
    new JdbcAuditLog(database.transactions()).append(mine, old);

    assertThat(retentions().defaultPartitionUsed()).isTrue();
    retentions().set(mine, 30);
    delete(mine);
    database.asSuperuser().useHandle(handle -> handle.execute("VACUUM audit_events"));
  }

  @Test
  void a_sealer_that_is_ahead_of_a_restored_database_begins_anew() {
    TenantId mine = aTenant();
    AuditEntry entry = entry(mine);
    new JdbcAuditLog(database.transactions()).append(mine, entry);
    database
        .asSuperuser()
        .useHandle(handle -> handle.execute("UPDATE audit_sealer SET xact = '1000000000'"));

    assertThat(chains().next(10_000)).extracting(AuditChains.Next::entry).contains(entry);
  }

  private static int delete(TenantId tenant) {
    return database
        .transactions()
        .forAllTenants(handle ->
            handle
                .createUpdate("DELETE FROM audit_events WHERE tenant_id = :tenant")
                .bind("tenant", tenant.value())
                .execute());
  }

  private static AuditEntry entry(TenantId tenant) {
    return entry(tenant, Instant.parse("2026-01-10T10:00:00.123456Z"));
  }

  private static AuditEntry entry(TenantId tenant, Instant at) {
    return new AuditEntry(
        Samples.id(),
        tenant,
        new AuditEntry.Actor("server", null, "server"),
        "agent.offline",
        new AuditEntry.Resource("agent", null),
        AuditEntry.Outcome.DONE,
        null,
        null,
        AuditEntry.Origin.SERVER,
        at);
  }

  /** In another thread, and so in another transaction. */
  private static void elsewhere(Runnable work) {
    try (var executor = Executors.newSingleThreadExecutor()) {
      executor.submit(work).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected TenantId aTenant() {
    return database.aTenant();
  }
}
