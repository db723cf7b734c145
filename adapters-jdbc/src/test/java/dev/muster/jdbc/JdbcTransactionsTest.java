package dev.muster.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import dev.muster.ports.StorageUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcTransactionsTest {
  private static final TenantId A = new TenantId(new UUID(7, 1));
  private static final TenantId B = new TenantId(new UUID(7, 2));

  private static TestDatabase database;
  private static JdbcTransactions transactions;

  @BeforeAll
  static void open() {
    database = TestDatabase.open();
    transactions = database.transactions();
    database
        .asSuperuser()
        .useHandle(handle ->
            handle.execute(
                """
                CREATE TABLE notes (tenant_id uuid, text text UNIQUE);
                SELECT protect_tenant_table('notes');
                GRANT SELECT, INSERT ON notes TO muster_tenant, muster_system;
                """));
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void forget() {
    database.asSuperuser().useHandle(handle -> handle.execute("TRUNCATE notes"));
  }

  @Test
  void work_sees_the_rows_of_its_scope_and_returns_to_the_outer_scope() {
    write(A, "a");
    write(B, "b");

    List<List<String>> seen = new ArrayList<>();
    transactions.inTenant(
        A,
        () -> {
          seen.add(read());
          transactions.acrossTenants(() -> seen.add(read()));
          seen.add(read());
          transactions.inTenant(B, () -> seen.add(read()));
          return seen.add(read());
        });

    assertThat(seen)
        .containsExactly(List.of("a"), List.of("a", "b"), List.of("a"), List.of("b"), List.of("a"));
  }

  @Test
  void the_outer_scope_is_back_even_where_inner_work_threw() {
    write(A, "a");
    write(B, "b");

    List<String> seen =
        transactions.inTenant(
            A,
            () -> {
              assertThatThrownBy(() ->
                      transactions.acrossTenants(() -> {
                        throw new IllegalArgumentException("planned");
                      }))
                  .isInstanceOf(IllegalArgumentException.class);
              return read();
            });

    assertThat(seen).containsExactly("a");
  }

  @Test
  void inner_work_belongs_to_the_outer_transaction() {
    assertThatThrownBy(() ->
            transactions.inTenant(
                A,
                () -> {
                  transactions.acrossTenants(() -> write(B, "b"));
                  throw new IllegalArgumentException("planned");
                }))
        .hasMessage("planned");

    assertThat(all()).isEmpty();
  }

  @Test
  void what_is_refused_is_undone() {
    Outcome<String> outcome =
        transactions.inTenant(
            A,
            () -> {
              write(A, "a");
              return Outcome.refused(Refusal.Code.QUEUE_FULL, "full");
            });

    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(all()).isEmpty();
  }

  @Test
  void an_inner_refusal_undoes_everything_though_the_outer_work_answers() {
    List<String> done = new ArrayList<>();

    String answer =
        transactions.inTenant(
            A,
            () -> {
              write(A, "a");
              transactions.afterCommit(() -> done.add("after"));
              transactions.inTenant(A, () -> Outcome.refused(Refusal.Code.STATE_CONFLICT, "no"));
              return "answer";
            });

    assertThat(answer).isEqualTo("answer");
    assertThat(all()).isEmpty();
    assertThat(done).isEmpty();
  }

  @Test
  void actions_after_the_commit_see_what_was_committed_and_cannot_undo_it() {
    List<String> seen = new ArrayList<>();

    transactions.inTenant(
        A,
        () -> {
          transactions.afterCommit(() -> {
            throw new IllegalStateException("planned");
          });
          transactions.afterCommit(() -> seen.addAll(all()));
          return write(A, "a");
        });

    assertThat(seen).containsExactly("a");
  }

  @Test
  void what_need_be_done_once_is_asked_for_once_in_a_transaction_and_anew_in_the_next() {
    List<Boolean> first = new ArrayList<>();
    transactions.acrossTenants(() -> {
      first.add(transactions.isFirst("a"));
      transactions.inTenant(A, () -> first.add(transactions.isFirst("a")));
      return first.add(transactions.isFirst("b"));
    });
    transactions.acrossTenants(() -> first.add(transactions.isFirst("a")));

    assertThat(first).containsExactly(true, false, true, true);
    assertThat(transactions.isFirst("a")).isTrue();
    assertThat(transactions.isFirst("a")).isTrue();
  }

  @Test
  void an_action_outside_of_a_transaction_is_done_now() {
    List<String> done = new ArrayList<>();

    transactions.afterCommit(() -> done.add("now"));

    assertThat(done).containsExactly("now");
  }

  @Test
  void a_wrong_statement_is_a_mistake_that_tells_no_value_and_nothing_of_it_stays() {
    assertThatThrownBy(() ->
            transactions.inTenant(
                A,
                () -> {
                  write(A, "a");
                  return write(A, "a");
                }))
        .isInstanceOf(IllegalStateException.class)
        .hasStackTraceContaining("notes_text_key")
        .satisfies(failure ->
            assertThat(failure.getCause())
                .hasMessageNotContaining("(text)=(a)")
                .hasMessageNotContaining("arguments"));

    assertThat(all()).isEmpty();
  }

  @Test
  void a_connection_that_died_in_the_pool_is_replaced_before_work_begins() {
    transactions.acrossTenants(() -> "warm");
    killConnections();

    assertThat(write(A, "a")).isEqualTo(1);
  }

  @Test
  void a_connection_that_dies_within_work_is_unavailable_storage() {
    assertThatThrownBy(() ->
            transactions.inTenant(
                A,
                () -> {
                  write(A, "a");
                  killConnections();
                  return read();
                }))
        .isInstanceOf(StorageUnavailable.class);

    assertThat(all()).isEmpty();
  }

  private static int write(TenantId tenant, String text) {
    return transactions.forTenant(
        tenant,
        handle ->
            handle
                .createUpdate("INSERT INTO notes (tenant_id, text) VALUES (:tenant, :text)")
                .bind("tenant", tenant.value())
                .bind("text", text)
                .execute());
  }

  /** In the scope that is open. */
  private static List<String> read() {
    return transactions.forTenant(
        A,
        handle -> handle.select("SELECT text FROM notes ORDER BY text").mapTo(String.class).list());
  }

  private static List<String> all() {
    return transactions.acrossTenants(JdbcTransactionsTest::read);
  }

  private static void killConnections() {
    database
        .asSuperuser()
        .useHandle(handle ->
            handle.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE usename = 'muster_server' AND datname = current_database()"));
  }
}
