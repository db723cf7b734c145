package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.endtoend.SealedLogs.Ended;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever changes an audit log by SQL is found by {@code audit verify}, which names the place. */
class AuditVerifyIT {
  private static final int TAMPERED = 7;
  private static final String ENTRY =
      "(tenant_id, at, id) = (SELECT tenant_id, at, entry_id FROM audit_seals"
          + " WHERE tenant_id = :t AND seq = %d)";

  @TempDir private static Path secrets;
  private static SealedLogs logs;

  @BeforeAll
  static void open() {
    logs = new SealedLogs(secrets);
  }

  @AfterAll
  static void close() {
    logs.close();
  }

  /** What is done to a log of five entries, and what is then found. */
  record Deed(String name, List<String> statements, List<String> found) {
    static Deed of(String name, String found, String... statements) {
      return new Deed(name, List.of(statements), Stream.of(found.split(", ")).toList());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static String entry(int seq) {
    return ENTRY.formatted(seq);
  }

  private static Stream<Deed> deeds() {
    String cutTail =
        "DELETE FROM audit_events WHERE (tenant_id, at, id) IN (SELECT tenant_id, at, entry_id"
            + " FROM audit_seals WHERE tenant_id = :t AND seq > 3)";
    String cutLinks = "DELETE FROM audit_seals WHERE tenant_id = :t AND seq > 3";
    String hashOf = "(SELECT hash FROM audit_seals WHERE tenant_id = :t AND seq = %d)";
    return Stream.concat(
        Stream.of(
                "action = 'nothing'",
                "actor_id = gen_random_uuid()",
                "actor_kind = 'agent'",
                "actor_name = 'somebody else'",
                "resource_kind = 'job'",
                "resource_id = 'x'",
                "outcome = 'refused'",
                "before = '{}'",
                "after = '{}'",
                "address = '192.0.2.1'",
                "user_agent = ''",
                "request_id = 'r'")
            .map(change ->
                Deed.of(
                    "SET " + change,
                    "3 changed",
                    "UPDATE audit_events SET " + change + " WHERE " + entry(3))),
        Stream.of(
            Deed.of(
                "an entry is moved in time",
                "0 not_sealed, 3 entry_missing",
                "UPDATE audit_events SET at = at + interval '1 microsecond' WHERE " + entry(3)),
            Deed.of(
                "an entry is dropped",
                "3 entry_missing",
                "DELETE FROM audit_events WHERE " + entry(3)),
            Deed.of(
                "an entry is dropped with its link",
                "4 gap",
                "DELETE FROM audit_events WHERE " + entry(3),
                "DELETE FROM audit_seals WHERE tenant_id = :t AND seq = 3"),
            Deed.of(
                "a link is dropped",
                "0 not_sealed, 4 gap",
                "DELETE FROM audit_seals WHERE tenant_id = :t AND seq = 3"),
            Deed.of(
                "an entry is dropped and the rest moves up",
                "3 changed, 4 changed, 4 cut",
                "DELETE FROM audit_events WHERE " + entry(3),
                "DELETE FROM audit_seals WHERE tenant_id = :t AND seq = 3",
                "UPDATE audit_seals SET seq = 3 WHERE tenant_id = :t AND seq = 4",
                "UPDATE audit_seals SET seq = 4 WHERE tenant_id = :t AND seq = 5"),
            Deed.of(
                "two entries change places",
                "2 changed, 3 changed",
                "CREATE TEMP TABLE s AS SELECT * FROM audit_seals WHERE tenant_id = :t",
                "DELETE FROM audit_seals WHERE tenant_id = :t AND seq IN (2, 3)",
                "INSERT INTO audit_seals SELECT a.tenant_id, a.seq, b.at, b.entry_id, a.hash"
                    + " FROM s AS a JOIN s AS b ON b.seq = 5 - a.seq WHERE a.seq IN (2, 3)"),
            Deed.of(
                "two links change places",
                "2 changed, 3 changed, 4 changed",
                "UPDATE audit_seals SET seq = 99 WHERE tenant_id = :t AND seq = 2",
                "UPDATE audit_seals SET seq = 2 WHERE tenant_id = :t AND seq = 3",
                "UPDATE audit_seals SET seq = 3 WHERE tenant_id = :t AND seq = 99"),
            Deed.of(
                "a hash is changed",
                "3 changed, 4 changed",
                "UPDATE audit_seals SET hash = sha256('x') WHERE tenant_id = :t AND seq = 3"),
            Deed.of(
                "an entry is added past the sealer",
                "0 not_sealed",
                "INSERT INTO audit_events (tenant_id, at, id, actor_kind, actor_name, action,"
                    + " resource_kind, outcome, xact) VALUES (:t, now(), gen_random_uuid(),"
                    + " 'server', 'server', 'x', 'x', 'done', '1')"),
            Deed.of("the tail is cut", "3 cut", cutTail, cutLinks),
            Deed.of(
                "the tail is cut, and the head with it",
                "3 head_forged",
                cutTail,
                cutLinks,
                "UPDATE audit_heads SET seq = 3, hash = "
                    + hashOf.formatted(3)
                    + " WHERE tenant_id = :t"),
            Deed.of(
                "the beginning is cut",
                "3 gap",
                "DELETE FROM audit_events WHERE " + entry(1),
                "DELETE FROM audit_events WHERE " + entry(2),
                "DELETE FROM audit_seals WHERE tenant_id = :t AND seq <= 2"),
            Deed.of(
                "the beginning is cut as if by retention",
                "5 head_forged",
                "UPDATE audit_heads SET removed_through = 2, removed_hash = "
                    + hashOf.formatted(2)
                    + " WHERE tenant_id = :t",
                "DELETE FROM audit_events WHERE " + entry(1),
                "DELETE FROM audit_events WHERE " + entry(2),
                "DELETE FROM audit_seals WHERE tenant_id = :t AND seq <= 2"),
            Deed.of(
                "the head is dropped", "0 no_head", "DELETE FROM audit_heads WHERE tenant_id = :t"),
            Deed.of(
                "the head is put back",
                "3 head_forged, 4 beyond_head",
                "UPDATE audit_heads SET seq = 3, hash = "
                    + hashOf.formatted(3)
                    + " WHERE tenant_id = :t"),
            Deed.of(
                "all is dropped",
                "0 no_head",
                "DELETE FROM audit_events WHERE tenant_id = :t",
                "DELETE FROM audit_seals WHERE tenant_id = :t",
                "DELETE FROM audit_heads WHERE tenant_id = :t")));
  }

  @ParameterizedTest
  @MethodSource("deeds")
  void whatever_is_done_to_a_log_is_found_at_its_place(Deed deed) {
    TenantId tenant = logs.tenant(5);
    TenantId bystander = logs.tenant(2);

    logs.tamper(tenant, deed.statements().toArray(String[]::new));

    Ended ended = logs.verify();
    assertThat(ended.code()).isEqualTo(TAMPERED);
    assertThat(ended.of(tenant)).isEqualTo(deed.found());
    assertThat(ended.of(bystander)).isEmpty();
  }

  @Test
  void a_log_that_is_put_back_whole_is_found_by_heads_that_were_kept_elsewhere() {
    TenantId tenant = logs.tenant(3);
    logs.tamper(
        tenant,
        "DROP TABLE IF EXISTS kept",
        "CREATE TABLE kept AS SELECT * FROM audit_heads WHERE tenant_id = :t");
    logs.grow(tenant, 2);
    Path heads = logs.heads();
    assertThat(logs.verify("--heads=" + heads).of(tenant)).isEmpty();

    logs.tamper(
        tenant,
        "DELETE FROM audit_events WHERE (tenant_id, at, id) IN (SELECT tenant_id, at, entry_id"
            + " FROM audit_seals WHERE tenant_id = :t AND seq > 3)",
        "DELETE FROM audit_seals WHERE tenant_id = :t AND seq > 3",
        "DELETE FROM audit_heads WHERE tenant_id = :t",
        "INSERT INTO audit_heads SELECT * FROM kept",
        "DROP TABLE kept");

    assertThat(logs.verify().of(tenant)).isEmpty();
    assertThat(logs.verify("--heads=" + heads).of(tenant)).containsExactly("3 cut_after_export");
    logs.grow(tenant, 4);
    assertThat(logs.verify().of(tenant)).isEmpty();
    assertThat(logs.verify("--heads=" + heads).of(tenant)).containsExactly("5 not_as_exported");
  }

  @Test
  void a_log_that_was_dropped_whole_and_has_grown_since_is_found_by_exported_heads_only() {
    TenantId tenant = logs.tenant(5);
    Path heads = logs.heads();
    logs.tamper(
        tenant,
        "DELETE FROM audit_events WHERE tenant_id = :t",
        "DELETE FROM audit_seals WHERE tenant_id = :t",
        "DELETE FROM audit_heads WHERE tenant_id = :t");

    logs.grow(tenant, 2);
    assertThat(logs.verify().of(tenant)).isEmpty();
    assertThat(logs.verify("--heads=" + heads).of(tenant)).containsExactly("2 cut_after_export");
    logs.grow(tenant, 4);
    assertThat(logs.verify().of(tenant)).isEmpty();
    assertThat(logs.verify("--heads=" + heads).of(tenant)).containsExactly("5 not_as_exported");
  }

  @Test
  void a_chain_that_was_written_anew_is_not_made_good_by_the_next_seal() {
    TenantId tenant = logs.tenant(3);
    logs.tamper(
        tenant,
        "UPDATE audit_seals SET hash = sha256('x') WHERE tenant_id = :t AND seq = 3",
        "UPDATE audit_heads SET hash = sha256('x') WHERE tenant_id = :t");

    logs.grow(tenant, 2);

    assertThat(logs.verify().of(tenant)).containsExactly("3 changed", "4 broken");
  }

  @Test
  void logs_that_nobody_touched_are_as_they_were_sealed(@TempDir Path folder) {
    try (SealedLogs own = new SealedLogs(folder)) {
      own.tenant(3);
      own.tenant(1_500);

      Ended ended = own.verify("--heads=" + own.heads());

      assertThat(ended.code()).as(ended.text()).isZero();
      assertThat(ended.text()).contains("links=1503 waiting=0").contains("findings=0");
    }
  }

  @Test
  void two_sealers_beside_writers_link_every_entry_once(@TempDir Path folder) throws Exception {
    try (SealedLogs own = new SealedLogs(folder);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<TenantId> tenants = List.of(own.tenant(1), own.tenant(1), own.tenant(1));
      CountDownLatch gate = new CountDownLatch(1);
      AtomicBoolean writing = new AtomicBoolean(true);
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        writers.add(threads.submit(() -> write(own, tenants, gate)));
      }
      List<Future<?>> sealers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        sealers.add(
            threads.submit(() -> {
              var keeping = own.keeping();
              while (writing.get()) {
                keeping.seal();
              }
            }));
      }
      gate.countDown();
      for (Future<?> writer : writers) {
        writer.get();
      }
      writing.set(false);
      for (Future<?> sealer : sealers) {
        sealer.get();
      }
      own.keeping().seal();

      Ended ended = own.verify();
      assertThat(ended.code()).as(ended.text()).isZero();
      String entries = own.test().texts("SELECT count(*) FROM audit_events").getFirst();
      assertThat(ended.text()).contains("links=" + entries + " waiting=0");
    }
  }

  /** Transactions of several entries and tenants, short and long, some of them undone. */
  private static void write(SealedLogs logs, List<TenantId> tenants, CountDownLatch gate) {
    var dice = ThreadLocalRandom.current();
    await(gate);
    for (int i = 0; i < 60; i++) {
      boolean undone = dice.nextInt(5) == 0;
      try {
        logs.database()
            .transactions()
            .acrossTenants(() -> {
              for (TenantId tenant : tenants) {
                logs.auditing()
                    .doneByServer(tenant, "agent.offline", new Resource("agent", null), null, null);
                pause(dice.nextInt(10));
              }
              if (undone) {
                throw new IllegalArgumentException("undone");
              }
              return true;
            });
      } catch (IllegalArgumentException meant) {
        assertThat(undone).isTrue();
      }
    }
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With the transaction open: what commits later was written earlier. */
  private static void pause(int millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }
}
