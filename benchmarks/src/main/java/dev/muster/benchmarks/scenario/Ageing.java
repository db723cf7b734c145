package dev.muster.benchmarks.scenario;

import dev.muster.benchmarks.Figure;
import dev.muster.benchmarks.fleet.Agents;
import dev.muster.benchmarks.fleet.RunningServer;
import dev.muster.benchmarks.fleet.Seed;
import java.sql.SQLException;
import java.time.Duration;

/** What is written in a minute in which 10,000 jobs do nothing but wait. */
public final class Ageing implements Scenario {
  private static final int JOBS = 10_000;
  private static final int HOLDER_SLOTS = 1_000;
  private static final String DATABASE = "ageing";
  private static final Duration SETTLING = Duration.ofSeconds(5);
  private static final Duration QUIET = Duration.ofSeconds(60);
  private static final String WRITTEN =
      "SELECT sum(n_tup_upd + n_tup_ins + n_tup_del) FROM pg_stat_user_tables WHERE relname IN"
          + " ('jobs', 'tenant_counters', 'agent_counters', 'job_attempts')";

  @Override
  public void measure(Run run) throws Exception {
    run.databases().create(DATABASE);
    try (RunningServer server = run.server(DATABASE)) {
      Seed.templates(server);
      Agents.make(server, 1, HOLDER_SLOTS);
    }
    Seed.fill(run.databases(), DATABASE, JOBS);
    try (RunningServer waiting = run.server(DATABASE)) {
      Thread.sleep(SETTLING);
      long before = written(run);
      Thread.sleep(QUIET);
      run.note(Figure.AGED_ROWS, written(run) - before, "");
    }
    run.databases().drop(DATABASE);
  }

  private static long written(Run run) throws SQLException {
    return run.databases().number(DATABASE, WRITTEN);
  }
}
