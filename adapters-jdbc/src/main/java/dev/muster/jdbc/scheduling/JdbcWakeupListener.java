package dev.muster.jdbc.scheduling;

import dev.muster.jdbc.JdbcDatabase;
import dev.muster.ports.StorageUnavailable;
import dev.muster.ports.in.scheduling.Wakeable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what any replica signals, on one connection of its own, and passes it on.
 *
 * <p>States: <em>listening</em>; <em>connecting again</em>, with growing pauses, after the
 * connection broke or went silent; <em>closed</em>. What was signalled while nobody listened is
 * lost, so whenever listening begins everyone is woken once, and nothing that is remembered of
 * credentials is trusted. Thread-safe.
 */
public final class JdbcWakeupListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcWakeupListener.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(5);

  private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(1);

  /** Of a lock on a 64-bit number, the catalogue shows the halves. */
  private static final String LISTENERS =
      "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1"
          + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
          + " AND (classid::bigint << 32 | objid::bigint) = "
          + JdbcReplica.PRESENCE;

  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(5);

  private final Supplier<Connection> connect;
  private final JdbcReplica replica;
  private final Wakeable wakeable;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Connection connection;

  JdbcWakeupListener(Supplier<Connection> connect, JdbcReplica replica, Wakeable wakeable) {
    this.connect = connect;
    this.replica = replica;
    this.wakeable = wakeable;
    this.thread = Thread.ofVirtual().name("wakeups").unstarted(this::run);
  }

  /** Begins to listen, on a thread of its own that keeps no JVM alive. Close it to end it. */
  public static JdbcWakeupListener start(
      JdbcDatabase database, JdbcReplica replica, Wakeable wakeable) {
    JdbcWakeupListener listener = new JdbcWakeupListener(database::connect, replica, wakeable);
    listener.thread.start();
    return listener;
  }

  /** Ends listening and gives the connection up; a second call does nothing. */
  @Override
  public void close() {
    closing.countDown();
    abandon(connection);
    try {
      if (!thread.join(CLOSING_PATIENCE)) {
        LOG.warn("the listener for wake-ups has not ended");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    while (!isClosed()) {
      try (Connection opened = connect.get()) {
        connection = opened;
        listen(opened);
        pause = FIRST_PAUSE;
        hear(opened);
      } catch (SQLException | StorageUnavailable failure) {
        LOG.debug("listening for wake-ups was interrupted", failure);
      }
      pause = pauseBeforeNext(pause);
    }
  }

  private void listen(Connection opened) throws SQLException {
    try (Statement statement = opened.createStatement()) {
      statement.execute("LISTEN " + Signal.CHANNEL);
      statement.execute("SELECT pg_advisory_lock_shared(" + JdbcReplica.PRESENCE + ")");
    }
    passed(wakeable::credentialsChanged);
    passed(wakeable::jobsMayWait);
  }

  private void hear(Connection opened) throws SQLException {
    PGConnection session = opened.unwrap(PGConnection.class);
    long counted = System.nanoTime() - BETWEEN_COUNTS.toNanos();
    while (!isClosed()) {
      if (System.nanoTime() - counted >= BETWEEN_COUNTS.toNanos()) {
        counted = System.nanoTime();
        replica.counted(listeners(opened));
      }
      for (PGNotification signal : session.getNotifications((int) BETWEEN_COUNTS.toMillis())) {
        passed(() -> Signal.pass(signal.getParameter(), replica.id(), wakeable));
      }
    }
  }

  /** A connection that answers this is alive, too. */
  private static int listeners(Connection opened) throws SQLException {
    opened.setNetworkTimeout(Runnable::run, (int) ANSWER_PATIENCE.toMillis());
    try (Statement statement = opened.createStatement();
        ResultSet count = statement.executeQuery(LISTENERS)) {
      count.next();
      return count.getInt(1);
    } finally {
      opened.setNetworkTimeout(Runnable::run, 0);
    }
  }

  /** Whatever becomes of one signal, the next is heard. */
  private void passed(Runnable signal) {
    try {
      signal.run();
    } catch (RuntimeException failure) {
      LOG.warn("a wake-up could not be passed on", failure);
    }
  }

  private Duration pauseBeforeNext(Duration pause) {
    try {
      if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        return pause;
      }
    } catch (InterruptedException interrupted) {
      // Nobody interrupts this thread to end it; close() does that by its own means.
      LOG.debug("a pause was cut short");
    }
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private boolean isClosed() {
    return closing.getCount() == 0;
  }

  /** Breaks the read that the thread is in; abort, because close would wait for it. */
  private static void abandon(@Nullable Connection connection) {
    if (connection == null) {
      return;
    }
    try {
      connection.abort(Runnable::run);
    } catch (SQLException failure) {
      LOG.debug("the connection was gone already", failure);
    }
  }
}
