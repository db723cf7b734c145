package dev.muster.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import dev.muster.jdbc.embedded.DatabaseLogin;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/** Makes connections: for the pool, and single ones. Nobody waits for one, or on one, for ever. */
final class Connections {
  private static final Duration TO_CONNECT = Duration.ofSeconds(5);
  private static final Duration TO_BE_SHOWN_ALIVE = Duration.ofSeconds(2);

  /** Longer than any timeout within the database: it is for networks that say nothing more. */
  private static final Duration TO_ANSWER = Duration.ofSeconds(60);

  /**
   * How long anything takes at most, and how it is planned. Every statement has an index for what
   * it looks for; while tables are small, reading all of one costs less, and a plan that is made
   * then is kept until the next statistics come, however many rows there are by then. A bitmap of
   * an index holds all its dead entries and forgets none; an index scan does. A plan is made once:
   * made anew for the few values of a look-up it costs more than the look-up ({@link Keyset} thinks
   * otherwise of lists). A session that was stopped between two statements gives up what it holds
   * before leases of half a minute end. transaction_timeout exists since PostgreSQL 17; elsewhere
   * this selects one row fewer.
   */
  private static final String SESSION =
      """
      SELECT set_config(settings.name, settings.value, false)
        FROM (VALUES ('statement_timeout', '20s'),
                     ('lock_timeout', '10s'),
                     ('idle_in_transaction_session_timeout', '8s'),
                     ('transaction_timeout', '40s'),
                     ('plan_cache_mode', 'force_generic_plan'),
                     ('enable_seqscan', 'off'),
                     ('enable_bitmapscan', 'off'),
                     ('enable_hashjoin', 'off'),
                     ('enable_mergejoin', 'off')) AS settings (name, value)
       WHERE settings.name <> 'transaction_timeout'
          OR current_setting('server_version_num')::int >= 170000
      """;

  private Connections() {}

  static PGSimpleDataSource single(String url, DatabaseLogin login) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setUser(login.user());
    source.setPassword(login.password().reveal());
    source.setApplicationName("muster");
    source.setConnectTimeout((int) TO_CONNECT.toSeconds());
    source.setTcpKeepAlive(true);
    // The details of an error repeat the row.
    source.setLogServerErrorDetail(false);
    return source;
  }

  static HikariDataSource pool(DatabaseSettings settings) {
    PGSimpleDataSource source = single(settings.url(), settings.server());
    source.setSocketTimeout((int) TO_ANSWER.toSeconds());
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setPoolName("muster");
    config.setMaximumPoolSize(settings.connections());
    config.setConnectionTimeout(settings.patience().toMillis());
    config.setValidationTimeout(TO_BE_SHOWN_ALIVE.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setConnectionInitSql(SESSION);
    config.setExceptionOverride(new AfterFailover());
    return new HikariDataSource(config);
  }

  /** A connection to what has become a standby is of no use any more. */
  private static final class AfterFailover implements SQLExceptionOverride {
    private static final String READ_ONLY = "25006";

    // The nested type of the interface hides the annotation's name.
    @java.lang.Override
    public Override adjudicate(SQLException failure) {
      return READ_ONLY.equals(failure.getSQLState())
          ? Override.MUST_EVICT
          : Override.CONTINUE_EVICT;
    }
  }
}
