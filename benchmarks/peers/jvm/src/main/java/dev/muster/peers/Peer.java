package dev.muster.peers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Arrays;

/** Measures one of the queues; prints {@code rate=} and the jobs a second. */
public final class Peer {
  private static final int ROUNDS = 3;
  private static final int WARM_UP = 5_000;
  private static final int CONNECTIONS = 20;

  private Peer() {}

  /** A queue that can be filled and emptied. */
  interface Drain {
    /** Fills it, and answers how many jobs a second it is emptied with. */
    double once(int jobs) throws Exception;
  }

  /**
   * Measures.
   *
   * @param arguments which, and how many jobs
   */
  public static void main(String[] arguments) throws Exception {
    HikariConfig pool = new HikariConfig();
    pool.setJdbcUrl(System.getenv("PEER_URL"));
    pool.setUsername(System.getenv("PEER_USER"));
    pool.setPassword(System.getenv("PEER_PASSWORD"));
    pool.setMaximumPoolSize(CONNECTIONS);
    try (HikariDataSource database = new HikariDataSource(pool)) {
      System.out.println("rate=" + median(of(arguments[0], database), parse(arguments[1])));
    }
    System.exit(0);
  }

  private static Drain of(String name, HikariDataSource database) throws Exception {
    return switch (name) {
      case "db-scheduler" -> new DbScheduler(database, true);
      case "db-scheduler-fetch" -> new DbScheduler(database, false);
      case "jobrunr" -> new JobRunrDrain(database);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static int parse(String jobs) {
    return Integer.parseInt(jobs);
  }

  private static double median(Drain drain, int jobs) throws Exception {
    drain.once(WARM_UP);
    double[] rates = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      rates[round] = drain.once(jobs);
    }
    Arrays.sort(rates);
    return rates[ROUNDS / 2];
  }
}
