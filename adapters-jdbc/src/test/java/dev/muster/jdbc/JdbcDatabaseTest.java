package dev.muster.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.domain.credential.Secret;
import dev.muster.jdbc.embedded.DatabaseLogin;
import dev.muster.jdbc.embedded.EmbeddedPostgres;
import dev.muster.ports.StorageUnavailable;
import dev.muster.ports.out.Race;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcDatabaseTest {
  private final EmbeddedPostgres postgres = TestCluster.postgres();
  private String name = "";

  @BeforeEach
  void create() {
    name = TestDatabase.create();
  }

  @AfterEach
  void drop() {
    TestDatabase.drop(name);
  }

  @Test
  void an_empty_database_is_migrated_once() {
    assertThat(JdbcDatabase.migrate(settings())).isPositive();
    assertThat(JdbcDatabase.migrate(settings())).isZero();
  }

  @Test
  void replicas_may_start_together() {
    List<Boolean> answers =
        Race.of(
            3,
            replica -> {
              try (JdbcDatabase database = JdbcDatabase.open(settings())) {
                return database.answers() && database.pendingMigrations() == 0;
              }
            });

    assertThat(answers).containsOnly(true);
  }

  @Test
  void a_superuser_is_refused() {
    assertRefused(postgres.superuser(), "postgres is a superuser or has BYPASSRLS");
  }

  @Test
  void a_login_that_policies_do_not_hold_for_is_refused() {
    DatabaseLogin exempt = new DatabaseLogin("exempt", Secret.of("exempt"));
    TestCluster.administer(
        name,
        "CREATE ROLE exempt LOGIN BYPASSRLS PASSWORD 'exempt'",
        "GRANT CONNECT ON DATABASE %s TO exempt".formatted(name));
    try {
      assertRefused(exempt, "exempt is a superuser or has BYPASSRLS");
    } finally {
      TestCluster.administer(name, "DROP OWNED BY exempt", "DROP ROLE exempt");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "muster_tenant, BYPASSRLS",
    "muster_tenant, SUPERUSER",
    "muster_system, BYPASSRLS",
    "muster_system, SUPERUSER"
  })
  void a_role_that_policies_do_not_hold_for_is_refused(String role, String attribute) {
    JdbcDatabase.migrate(settings());
    TestCluster.administer(name, "ALTER ROLE %s %s".formatted(role, attribute));
    try {
      assertRefused(postgres.server(), role + " is a superuser or has BYPASSRLS");
    } finally {
      TestCluster.administer(name, "ALTER ROLE %s NOSUPERUSER NOBYPASSRLS".formatted(role));
    }
  }

  @Test
  void a_login_that_cannot_be_given_its_roles_is_told_what_to_grant() {
    JdbcDatabase.migrate(settings());
    TestCluster.administer(
        name,
        "CREATE ROLE stranger LOGIN PASSWORD 'stranger'",
        "GRANT CONNECT, CREATE ON DATABASE %s TO stranger".formatted(name),
        "GRANT SELECT ON flyway_schema_history TO stranger");
    DatabaseLogin stranger = new DatabaseLogin("stranger", Secret.of("stranger"));
    try {
      assertThatThrownBy(() -> JdbcDatabase.open(settings(stranger, stranger)))
          .isInstanceOf(UnusableDatabaseException.class)
          .hasMessage("stranger may not become muster_tenant: GRANT muster_tenant TO stranger");
    } finally {
      TestCluster.administer(name, "DROP OWNED BY stranger", "DROP ROLE stranger");
    }
  }

  @Test
  void one_login_may_be_owner_and_server() {
    DatabaseLogin owner = postgres.owner();

    try (JdbcDatabase database = JdbcDatabase.open(settings(owner, owner))) {
      assertThat(database.answers()).isTrue();
      // By itself it sees nothing even of the tables that it owns.
      Jdbi asOwner = JdbiSetup.on(Connections.single(postgres.jdbcUrl(name), owner));
      int seen =
          asOwner.withHandle(
              handle -> handle.select("SELECT count(*) FROM tenants").mapTo(Integer.class).one());
      assertThat(seen).isZero();
    }
  }

  @Test
  void a_database_newer_than_the_server_is_refused() {
    JdbcDatabase.migrate(settings());
    TestCluster.administer(
        name,
        "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
            + " installed_by, execution_time, success)"
            + " VALUES (9999, '9999', 'tomorrow', 'SQL', 'V9999__tomorrow.sql', 'x', 0, true)");

    assertThatThrownBy(() -> JdbcDatabase.open(settings()))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessage(
            "the database is newer than this server, which does not know V9999:"
                + " run the newer server");
  }

  @Test
  void a_database_that_cannot_be_reached_is_unavailable_storage() {
    DatabaseSettings nowhere =
        new DatabaseSettings(
            "jdbc:postgresql://127.0.0.1:1/none",
            postgres.server(),
            postgres.owner(),
            1,
            DatabaseSettings.USUAL_PATIENCE);

    assertThatThrownBy(() -> JdbcDatabase.open(nowhere)).isInstanceOf(StorageUnavailable.class);
  }

  @Test
  void an_owner_who_is_not_let_in_is_unavailable_storage() {
    DatabaseLogin mistaken = new DatabaseLogin(postgres.owner().user(), Secret.of("mistaken"));

    assertThatThrownBy(() -> JdbcDatabase.open(settings(postgres.server(), mistaken)))
        .isInstanceOf(StorageUnavailable.class);
  }

  @Test
  void connections_have_limits_and_read_committed() {
    try (JdbcDatabase database = JdbcDatabase.open(settings())) {
      List<String> limits =
          database
              .transactions()
              .forAllTenants(handle ->
                  handle
                      .select(
                          """
                          SELECT name || ' ' || (setting <> '0')
                            FROM pg_settings
                           WHERE name IN ('statement_timeout', 'lock_timeout',
                             'idle_in_transaction_session_timeout', 'transaction_timeout')
                           UNION ALL
                          SELECT current_setting('transaction_isolation')
                           UNION ALL
                          SELECT 'UTC' WHERE current_setting('TimeZone') = 'UTC'
                          """)
                      .mapTo(String.class)
                      .list());

      assertThat(limits)
          .containsExactlyInAnyOrder(
              "statement_timeout true",
              "lock_timeout true",
              "idle_in_transaction_session_timeout true",
              "transaction_timeout true",
              "read committed");
    }
  }

  @Test
  void one_at_a_time_has_its_turn_at_a_sweep() throws InterruptedException {
    try (JdbcDatabase database = JdbcDatabase.open(settings());
        JdbcDatabase replica = JdbcDatabase.open(settings());
        var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      JdbcSweepTurns mine = new JdbcSweepTurns(database.transactions());
      JdbcSweepTurns others = new JdbcSweepTurns(replica.transactions());
      CountDownLatch sweeping = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      var running = executor.submit(() -> mine.alone("sweep", () -> waiting(sweeping, go)));
      sweeping.await();

      assertThat(others.alone("sweep", () -> "too early")).isEmpty();
      assertThat(others.alone("other", () -> "another sweep")).contains("another sweep");

      go.countDown();
      assertThat(running).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(Optional.of("swept"));
      assertThat(others.alone("sweep", () -> "now")).contains("now");
    }
  }

  private static String waiting(CountDownLatch begun, CountDownLatch go) {
    begun.countDown();
    try {
      go.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
    return "swept";
  }

  private void assertRefused(DatabaseLogin login, String reason) {
    assertThatThrownBy(() -> JdbcDatabase.open(settings(login, postgres.owner())))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageStartingWith(reason)
        .hasMessageNotContaining("\n");
  }

  private DatabaseSettings settings() {
    return TestDatabase.settingsOf(name, postgres.server());
  }

  private DatabaseSettings settings(DatabaseLogin server, DatabaseLogin owner) {
    return new DatabaseSettings(
        postgres.jdbcUrl(name), server, owner, 2, DatabaseSettings.USUAL_PATIENCE);
  }
}
