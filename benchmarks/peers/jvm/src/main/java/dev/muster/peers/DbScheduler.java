package dev.muster.peers;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;

/** db-scheduler, with either of its ways to poll. */
final class DbScheduler implements Peer.Drain {
  private static final int THREADS = 20;
  private static final double LOWER = 4.0;
  private static final double UPPER = 20.0;

  /** Its table, as its documentation has it. */
  private static final String TABLE =
      """
      CREATE TABLE scheduled_tasks (
        task_name text NOT NULL, task_instance text NOT NULL, task_data bytea,
        execution_time timestamptz NOT NULL, picked boolean NOT NULL, picked_by text,
        last_success timestamptz, last_failure timestamptz, consecutive_failures integer,
        last_heartbeat timestamptz, version bigint NOT NULL, priority smallint,
        PRIMARY KEY (task_name, task_instance));
      CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
      CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
      CREATE INDEX priority_execution_time_idx
        ON scheduled_tasks (priority DESC, execution_time ASC);
      """;

  private static final String FILL =
      """
      INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
      SELECT 'scan', 'job-' || n, now(), false, 1 FROM generate_series(1, %d) AS n
      """;

  private final DataSource database;
  private final boolean lockAndFetch;

  DbScheduler(DataSource database, boolean lockAndFetch) throws SQLException {
    this.database = database;
    this.lockAndFetch = lockAndFetch;
    execute(TABLE);
  }

  @Override
  public double once(int jobs) throws Exception {
    execute(FILL.formatted(jobs));
    execute("VACUUM ANALYZE scheduled_tasks");
    CountDownLatch left = new CountDownLatch(jobs);
    Scheduler scheduler = scheduler(left);
    long begin = System.nanoTime();
    scheduler.start();
    left.await();
    while (rows() > 0) {
      Thread.sleep(1);
    }
    double rate = jobs * 1e9 / (System.nanoTime() - begin);
    scheduler.stop();
    return rate;
  }

  private Scheduler scheduler(CountDownLatch left) {
    OneTimeTask<Void> task =
        Tasks.oneTime("scan").execute((instance, context) -> left.countDown());
    SchedulerBuilder builder =
        Scheduler.create(database, task)
            .threads(THREADS)
            .pollingInterval(Duration.ofMillis(100));
    return lockAndFetch
        ? builder.pollUsingLockAndFetch(LOWER, UPPER).build()
        : builder.pollUsingFetchAndLockOnExecute(LOWER, UPPER).build();
  }

  private void execute(String statement) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  private long rows() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement sql = connection.createStatement();
        var rows = sql.executeQuery("SELECT count(*) FROM scheduled_tasks")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
