package dev.muster.benchmarks.scenario;

import dev.muster.benchmarks.Figure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** What somebody's long report does to the throughput: no dead row can be vacuumed meanwhile. */
public final class Snapshot implements Scenario {
  private static final Duration HELD = Duration.ofSeconds(40);
  private static final String DATABASE = "snapshot";

  @Override
  public void measure(Run run) throws Exception {
    run.withServer(
        DATABASE,
        server -> {
          try (Traffic traffic = Traffic.start(server)) {
            traffic.run(run.warmUp());
            run.note(Figure.WITHOUT_SNAPSHOT, traffic.run(HELD), "");
            try (Connection other = run.databases().connect(DATABASE)) {
              hold(other);
              run.note(Figure.WITH_SNAPSHOT, traffic.run(HELD), "");
              other.rollback();
            }
          }
        });
  }

  private static void hold(Connection other) throws SQLException {
    other.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    other.setAutoCommit(false);
    try (Statement sql = other.createStatement()) {
      sql.execute("SELECT count(*) FROM jobs");
    }
  }
}
