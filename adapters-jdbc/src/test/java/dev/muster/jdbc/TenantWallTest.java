package dev.muster.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.domain.tenancy.TenantId;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Row-level security holds for every table that the migrations make, also those of tomorrow. */
class TenantWallTest {
  /** Those that carry rows of tenants, partitions left out: they are reached by their parents. */
  private static final String TABLES =
      """
      SELECT relname
        FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'tenant_id'
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
       ORDER BY relname
      """;

  private static TestDatabase database;
  private static TenantId a;
  private static TenantId b;
  private static List<String> tables;

  @BeforeAll
  static void fill() {
    database = TestDatabase.open();
    a = database.aTenant();
    b = database.aTenant();
    database
        .asSuperuser()
        .useHandle(handle -> {
          tables = handle.select(TABLES).mapTo(String.class).list();
          TenantRowsOfAll.insert(handle, a, tables);
          TenantRowsOfAll.insert(handle, b, tables);
        });
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void every_table_is_behind_the_wall() {
    assertThat(tables).contains("agents", "audit_events", "jobs", "tenant_counters", "users");
    List<String> gaps = database.asSuperuser().withHandle(Wall::gaps);
    assertThat(gaps).isEmpty();
  }

  @Test
  void a_tenant_sees_its_own_rows_and_no_others() {
    for (String table : readable()) {
      List<String> seen =
          database.transactions().forTenant(a, handle -> tenantsSeen(handle, table));
      assertThat(seen).as(table).containsExactly(a.toString());
    }
  }

  @Test
  void the_system_sees_the_rows_of_both() {
    for (String table : tables) {
      List<String> seen =
          database.transactions().forAllTenants(handle -> tenantsSeen(handle, table));
      assertThat(seen).as(table).contains(a.toString(), b.toString());
    }
  }

  @Test
  void without_a_tenant_nothing_is_seen() {
    database
        .asServer()
        .useTransaction(handle -> {
          handle.execute("SET LOCAL ROLE muster_tenant");
          for (String table : readable()) {
            assertThat(tenantsSeen(handle, table)).as(table).isEmpty();
          }
        });
  }

  @Test
  void the_login_by_itself_may_not_even_look() {
    for (String table : tables) {
      assertThatThrownBy(() -> database.asServer().useHandle(handle -> tenantsSeen(handle, table)))
          .as(table)
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void a_tenant_changes_and_deletes_no_row_of_another() {
    for (String table : tables) {
      assertThat(attempt("UPDATE " + table + " SET tenant_id = tenant_id WHERE tenant_id = :b"))
          .as(table)
          .isIn("0", "permission denied");
      assertThat(attempt("DELETE FROM " + table + " WHERE tenant_id = :b"))
          .as(table)
          .isIn("0", "permission denied");
    }
  }

  @Test
  void a_tenant_cannot_give_its_rows_to_another() {
    for (String table : tables) {
      assertThat(attempt("UPDATE " + table + " SET tenant_id = :b WHERE tenant_id = :a"))
          .as(table)
          .isIn("row-level security", "permission denied");
    }
  }

  @Test
  void a_tenant_inserts_no_row_of_another() {
    for (String table : tables) {
      assertThat(attempt("INSERT INTO " + table + " (tenant_id) VALUES (:b)"))
          .as(table)
          .isIn("row-level security", "permission denied");
    }
  }

  @Test
  void of_the_tenants_themselves_one_sees_itself() {
    List<String> seen =
        database
            .transactions()
            .forTenant(
                a,
                handle -> handle.select("SELECT id::text FROM tenants").mapTo(String.class).list());

    assertThat(seen).containsExactly(a.toString());
    assertThat(attempt("UPDATE tenants SET name = 'mine' WHERE id = :b"))
        .isEqualTo("permission denied");
  }

  @Test
  void partitions_are_reached_through_their_parent_only() {
    for (String role : List.of("muster_tenant", "muster_system")) {
      assertThatThrownBy(() ->
              database
                  .asServer()
                  .useTransaction(handle -> {
                    handle.execute("SET LOCAL ROLE " + role);
                    tenantsSeen(handle, "audit_events_default");
                  }))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void every_gap_in_the_wall_is_noticed() {
    Map<String, String> gaps =
        Map.of(
            "DROP POLICY of_the_tenant ON agents", "agents has the policies",
            "DROP POLICY of_all_tenants ON audit_events_default", "audit_events_default has the",
            "DROP POLICY of_the_tenant ON tenants", "tenants has the policies",
            "ALTER POLICY of_the_tenant ON users USING (true)", "users has the policies",
            "CREATE POLICY more ON users USING (true)", "users has the policies",
            "ALTER TABLE jobs NO FORCE ROW LEVEL SECURITY", "jobs has no forced",
            "CREATE TABLE notes (text text)", "notes has no tenant_id",
            "CREATE UNIQUE INDEX by_agent ON agent_keys (agent_id)", "by_agent has no tenant_id",
            "GRANT SELECT ON audit_events_default TO muster_tenant", "is a partition with grants",
            "CREATE VIEW everyone AS SELECT * FROM users", "everyone is not an invoker's view");
    gaps.forEach((statement, gap) ->
        assertThat(gapsAfter(statement)).as(statement).anyMatch(found -> found.contains(gap)));
  }

  @Test
  void any_policy_that_is_dropped_is_noticed() {
    List<String> drops =
        database
            .asSuperuser()
            .withHandle(handle ->
                handle
                    .select(
                        "SELECT format('DROP POLICY %I ON %s', polname, polrelid::regclass)"
                            + " FROM pg_policy")
                    .mapTo(String.class)
                    .list());

    assertThat(drops).hasSizeGreaterThan(2 * tables.size());
    assertThat(drops).allSatisfy(drop -> assertThat(gapsAfter(drop)).as(drop).hasSize(1));
  }

  /** Undone at once: what a transaction does to the catalog, only it sees. */
  private static List<String> gapsAfter(String statement) {
    return database
        .asSuperuser()
        .withHandle(handle -> {
          handle.begin();
          handle.execute(statement);
          List<String> gaps = Wall.gaps(handle);
          handle.rollback();
          return gaps;
        });
  }

  private static List<String> readable() {
    return database
        .asSuperuser()
        .withHandle(handle ->
            tables.stream()
                .filter(table ->
                    handle
                        .select("SELECT has_table_privilege('muster_tenant', ?, 'SELECT')", table)
                        .mapTo(Boolean.class)
                        .one())
                .toList());
  }

  private static List<String> tenantsSeen(Handle handle, String table) {
    return handle
        .select("SELECT DISTINCT tenant_id::text FROM " + table)
        .mapTo(String.class)
        .list();
  }

  /** How many rows tenant a changed, or why it could not. */
  private static String attempt(String sql) {
    try {
      return database
          .transactions()
          .forTenant(
              a,
              handle -> {
                var update = handle.createUpdate(sql).bind("b", b.value());
                return (sql.contains(":a") ? update.bind("a", a.value()) : update).execute();
              })
          .toString();
    } catch (IllegalStateException refused) {
      String reason = String.valueOf(refused.getCause().getCause().getMessage());
      return List.of("row-level security", "permission denied").stream()
          .filter(reason::contains)
          .findFirst()
          .orElse(reason);
    }
  }
}
