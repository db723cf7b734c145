package dev.muster.jdbc;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.embedded.DatabaseLogin;
import dev.muster.jdbc.embedded.EmbeddedPostgres;
import dev.muster.ports.out.Samples;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;

/**
 * A fresh, migrated database with the logins that production has, for one test class: open it in a
 * static field, close it after all. Thread-safe.
 *
 * <p>The server's login is neither superuser nor exempt from row-level security; the database's own
 * time zone is half an hour off any other; commits do not wait for the disk.
 */
public final class TestDatabase implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final int CONNECTIONS = 20;

  /** Races queue for connections on machines of any speed. */
  private static final Duration WAIT = Duration.ofMinutes(1);

  private final String name;
  private final DatabaseSettings settings;
  private final JdbcDatabase database;

  private TestDatabase(String name) {
    this.name = name;
    this.settings = settingsOf(name, TestCluster.postgres().server());
    this.database = JdbcDatabase.open(settings);
  }

  /** Makes, migrates and opens a database. */
  public static TestDatabase open() {
    return new TestDatabase(create());
  }

  /** Makes an empty database; answers its name. */
  static String create() {
    String name = "test_" + COUNT.incrementAndGet();
    EmbeddedPostgres postgres = TestCluster.postgres();
    TestCluster.administer(
        "postgres",
        "CREATE DATABASE %s OWNER %s".formatted(name, postgres.owner().user()),
        "REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(name),
        "GRANT CONNECT ON DATABASE %s TO %s".formatted(name, postgres.server().user()),
        "ALTER DATABASE %s SET TimeZone = 'America/St_Johns'".formatted(name),
        "ALTER DATABASE %s SET synchronous_commit = off".formatted(name));
    return name;
  }

  static DatabaseSettings settingsOf(String name, DatabaseLogin server) {
    EmbeddedPostgres postgres = TestCluster.postgres();
    return new DatabaseSettings(
        postgres.jdbcUrl(name), server, postgres.owner(), CONNECTIONS, WAIT);
  }

  /** Removes a database, whoever is connected to it. */
  static void drop(String name) {
    TestCluster.administer("postgres", "DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name));
  }

  /** What the server opens. */
  public JdbcDatabase database() {
    return database;
  }

  /** The transactions of {@link #database()}. */
  public JdbcTransactions transactions() {
    return database.transactions();
  }

  /** How to open the same database once more, as a second replica does. */
  public DatabaseSettings settings() {
    return settings;
  }

  /** Adds a tenant; answers its id. */
  public TenantId aTenant() {
    UUID id = Samples.id();
    asSuperuser()
        .useHandle(handle ->
            handle
                .createUpdate(
                    """
                    WITH added AS (
                      INSERT INTO tenants
                        (id, slug, name, plan, worker_mode, pool, worker_type, secret_delivery,
                         status, created_at)
                      VALUES
                        (:id, :id::text, 'Somebody', 'enterprise', 'agent', 'shared', 'task',
                         'reference', 'active', now())
                      RETURNING id)
                    INSERT INTO tenant_counters (tenant_id, max_queued, max_running, open)
                    SELECT id, 500, 50, true FROM added
                    """)
                .bind("id", id)
                .execute());
    return new TenantId(id);
  }

  /** The database as its superuser sees it: past every policy, to set up and to look. */
  public Jdbi asSuperuser() {
    return JdbiSetup.on(Connections.single(settings.url(), TestCluster.postgres().superuser()));
  }

  /** The database as the server's login sees it when it has taken no role. */
  Jdbi asServer() {
    return JdbiSetup.on(Connections.single(settings.url(), settings.server()));
  }

  @Override
  public void close() {
    database.close();
    drop(name);
  }
}
