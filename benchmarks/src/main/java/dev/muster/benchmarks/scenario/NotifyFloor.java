package dev.muster.benchmarks.scenario;

import dev.muster.benchmarks.fleet.Databases;
import dev.muster.benchmarks.fleet.Percentiles;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * The floor below a queue that is woken by PostgreSQL: one transaction inserts a row and notifies,
 * another connection hears of it and takes the row in a transaction of its own. No HTTP, no rules.
 */
final class NotifyFloor {
  private static final int PATIENCE_MILLIS = 5_000;
  private static final long PAUSE_MILLIS = 20;
  private static final String DATABASE = "notify";

  private final Databases databases;

  NotifyFloor(Databases databases) {
    this.databases = databases;
  }

  Percentiles measure(int rounds) throws SQLException, InterruptedException {
    databases.create(DATABASE);
    long[] nanos = new long[rounds];
    try (Connection writer = databases.connect(DATABASE);
        Connection taker = databases.connect(DATABASE)) {
      prepare(writer, taker);
      for (int round = 0; round < rounds; round++) {
        Thread.sleep(PAUSE_MILLIS);
        nanos[round] = once(writer, taker, round);
      }
    }
    databases.drop(DATABASE);
    return Percentiles.of(nanos);
  }

  private static void prepare(Connection writer, Connection taker) throws SQLException {
    try (Statement sql = writer.createStatement()) {
      sql.execute("CREATE TABLE floor (id int PRIMARY KEY, taken boolean NOT NULL)");
    }
    try (Statement sql = taker.createStatement()) {
      sql.execute("LISTEN floor");
    }
    writer.setAutoCommit(false);
  }

  private static long once(Connection writer, Connection taker, int round) throws SQLException {
    long begin = System.nanoTime();
    try (Statement sql = writer.createStatement()) {
      sql.execute("INSERT INTO floor VALUES (" + round + ", false)");
      sql.execute("NOTIFY floor");
      writer.commit();
    }
    if (taker.unwrap(PGConnection.class).getNotifications(PATIENCE_MILLIS).length == 0) {
      throw new IllegalStateException("the notification did not come");
    }
    try (Statement sql = taker.createStatement()) {
      sql.execute("UPDATE floor SET taken = true WHERE id = " + round + " AND NOT taken");
    }
    return System.nanoTime() - begin;
  }
}
