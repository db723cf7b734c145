package dev.muster.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.muster.ports.StorageUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database that has been migrated, checked and connected to. Close it after everything that uses
 * it. Thread-safe.
 */
public final class JdbcDatabase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcDatabase.class);
  private static final String MIGRATIONS = "classpath:db/migration";
  private static final Duration BETWEEN_SYNCHRONISATIONS = Duration.ofSeconds(30);

  private final DatabaseSettings settings;
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final JdbcTransactions transactions;
  private final DatabaseClock clock;
  private final ScheduledExecutorService timekeeper;

  private JdbcDatabase(DatabaseSettings settings, HikariDataSource pool) {
    this.settings = settings;
    this.pool = pool;
    this.jdbi = JdbiSetup.on(pool);
    this.transactions = new JdbcTransactions(jdbi, settings.connections());
    this.clock = new DatabaseClock(this::askTime, System::nanoTime);
    this.timekeeper =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("database-clock").factory());
  }

  /**
   * Migrates, checks, and connects.
   *
   * @throws UnusableDatabaseException when the database or the login is not as it must be
   * @throws StorageUnavailable when the database cannot be reached
   */
  public static JdbcDatabase open(DatabaseSettings settings) {
    migrate(settings);
    HikariDataSource pool = Connections.pool(settings);
    try {
      JdbcDatabase database = new JdbcDatabase(settings, pool);
      LoginCheck.refuseUnfit(database.jdbi);
      database.keepTime();
      return database;
    } catch (RuntimeException failure) {
      pool.close();
      throw StorageFaults.translated(failure);
    }
  }

  /**
   * Applies missing migrations as the owner, and gives the server's login its roles.
   *
   * @return how many migrations were missing
   * @throws UnusableDatabaseException when the database is newer than this server, or refuses
   * @throws StorageUnavailable when the database cannot be reached
   */
  public static int migrate(DatabaseSettings settings) {
    return migrate(settings, MIGRATIONS);
  }

  static int migrate(DatabaseSettings settings, String location) {
    Jdbi owner = JdbiSetup.on(Connections.single(settings.url(), settings.owner()));
    try {
      // Flyway says of a server that is down what it says of a broken script.
      owner.useHandle(handle -> handle.execute("SELECT 1"));
      int applied = migrations(settings, location).apply();
      LoginCheck.grantRoles(owner, settings.server().user());
      return applied;
    } catch (JdbiException failure) {
      throw StorageFaults.translated(failure);
    }
  }

  private static Migrations migrations(DatabaseSettings settings, String location) {
    return new Migrations(Connections.single(settings.url(), settings.owner()), location);
  }

  /** Where transactions begin and end, and where repositories get their connection. */
  public JdbcTransactions transactions() {
    return transactions;
  }

  /** The database's clock. */
  public DatabaseClock clock() {
    return clock;
  }

  /** Whether the database answers now. */
  public boolean answers() {
    try {
      return jdbi.withHandle(handle -> handle.select("SELECT true").mapTo(Boolean.class).one());
    } catch (JdbiException failure) {
      LOG.debug("the database does not answer", failure);
      return false;
    }
  }

  /** How many migrations are still to be applied. Connects as the owner: not for every request. */
  public int pendingMigrations() {
    return migrations(settings, MIGRATIONS).pending();
  }

  /**
   * A connection of the server's login outside the pool, for one that is kept, such as for LISTEN.
   * The caller closes it.
   *
   * @throws StorageUnavailable when the database cannot be reached
   */
  public Connection connect() {
    try {
      return Connections.single(settings.url(), settings.server()).getConnection();
    } catch (SQLException failure) {
      throw new StorageUnavailable("the database cannot be reached", failure);
    }
  }

  @Override
  public void close() {
    timekeeper.shutdownNow();
    pool.close();
  }

  private void keepTime() {
    long nanos = BETWEEN_SYNCHRONISATIONS.toNanos();
    var unused =
        timekeeper.scheduleWithFixedDelay(this::synchronise, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** An exception would end the schedule. */
  private void synchronise() {
    try {
      Duration moved = clock.synchronise();
      LOG.debug("the clock was moved by {}", moved);
    } catch (RuntimeException failure) {
      LOG.debug("the clock goes on by itself", failure);
    }
  }

  private Instant askTime() {
    try {
      return jdbi.withHandle(handle ->
          handle
              .createQuery("SELECT clock_timestamp() AS at")
              .map((row, context) -> Columns.instant(row, "at"))
              .one());
    } catch (JdbiException failure) {
      throw StorageFaults.translated(failure);
    }
  }
}
