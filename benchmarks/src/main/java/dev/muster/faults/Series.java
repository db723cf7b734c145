package dev.muster.faults;

import dev.muster.outside.Patience;
import dev.muster.outside.UnexpectedException;
import dev.muster.outside.Workshop;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Runs of one scenario, one for each seed. */
final class Series {
  /** Counted since PostgreSQL was started last; the only law that no violation is planted for. */
  private static final Law NO_DEADLOCK =
      new Law(
          "locks are taken in one order",
          "SELECT deadlocks FROM pg_stat_database"
              + " WHERE datname = current_database() AND deadlocks > 0",
          "");

  private static final double NANOS_PER_SECOND = 1e9;

  private final Workshop workshop;
  private final String name;
  private final Faults.Scenario scenario;
  private @Nullable Ground ground;
  private int grounds;

  Series(Workshop workshop, String name, Faults.Scenario scenario) {
    this.workshop = workshop;
    this.name = name;
    this.scenario = scenario;
  }

  /** Plays so many seeds; answers how many passed. */
  int play(int seeds, long first) throws Exception {
    int passed = 0;
    try {
      for (long seed = first; seed < first + seeds; seed++) {
        if (play(seed)) {
          passed++;
        } else {
          abandon();
        }
      }
      if (passed == seeds && ground != null) {
        prove(ground);
      }
    } finally {
      abandon();
    }
    return passed;
  }

  private void abandon() {
    if (ground != null) {
      ground.close();
      ground = null;
    }
  }

  private Ground ground() throws Exception {
    Ground there = ground;
    if (there == null) {
      there = Ground.open(workshop, name + "-" + ++grounds, scenario.size());
      ground = there;
    }
    return there;
  }

  private boolean play(long seed) throws Exception {
    Ground there = ground();
    long begun = System.nanoTime();
    List<String> wrong = new ArrayList<>();
    int jobs;
    try (Load load = Load.start(there, scenario.manner(), name + "-" + seed, seed)) {
      scenario.fault().strike(there, load, new Random(seed));
      load.awaitSubmitted();
      awaitEnd(there, load, scenario.end());
      load.close();
      wrong.addAll(check(there, load));
      jobs = load.seen().submitted().size();
    } catch (UnexpectedException unfinished) {
      wrong.add(unfinished.getMessage());
      wrong.addAll(check(there, null));
      jobs = 0;
    }
    System.out.printf(
        "%s seed=%d %s %.1f s, %d jobs%n",
        name,
        seed,
        wrong.isEmpty() ? "passed" : "FAILED",
        (System.nanoTime() - begun) / NANOS_PER_SECOND,
        jobs);
    wrong.forEach(each -> System.out.println("  " + each));
    return wrong.isEmpty();
  }

  private static void awaitEnd(Ground ground, Load load, Duration end) throws Exception {
    Patience.until(
        end,
        "all jobs to end",
        () -> {
          try (Connection connection = ground.connect()) {
            return HistoryTables.open(connection, load.tenants()) == 0;
          } catch (SQLException notNow) {
            return false;
          }
        });
  }

  private static List<String> check(Ground ground, @Nullable Load load) throws SQLException {
    List<String> broken = new ArrayList<>();
    try (Connection connection = ground.connect()) {
      if (load != null) {
        HistoryTables.add(connection, load.seen());
      }
      for (Law law : Laws.all()) {
        broken.addAll(law.broken(connection));
      }
      broken.addAll(NO_DEADLOCK.broken(connection));
    }
    return broken;
  }

  /** A law that finds nothing in whatever history has not been kept, but forgotten. */
  private static void prove(Ground ground) throws SQLException {
    try (Connection connection = ground.connect()) {
      for (Law law : Laws.all()) {
        if (!law.bites(connection)) {
          throw new UnexpectedException("a planted violation was not found: " + law.says());
        }
      }
    }
  }
}
