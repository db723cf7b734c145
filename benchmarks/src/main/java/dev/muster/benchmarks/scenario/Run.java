package dev.muster.benchmarks.scenario;

import dev.muster.benchmarks.Figure;
import dev.muster.benchmarks.fleet.Databases;
import dev.muster.benchmarks.fleet.Processes;
import dev.muster.benchmarks.fleet.RunningServer;
import dev.muster.outside.Workshop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * One run: its PostgreSQL, its folder, and what has been measured so far. Everything that is
 * compared is measured in the same run.
 *
 * @param duration how long throughput is measured
 */
public record Run(
    Workshop workshop, Databases databases, Duration duration, Map<Figure, Double> figures) {

  /** A server runs for weeks: what its compiler does in the first minute is not what it carries. */
  private static final Duration LEAST_WARM_UP = Duration.ofMinutes(1);

  /** How long nothing counts before a server's throughput is measured. */
  public Duration warmUp() {
    return duration.compareTo(LEAST_WARM_UP) > 0 ? duration : LEAST_WARM_UP;
  }

  /** Measures with a server. */
  public interface WithServer {
    /** Does it. */
    void measure(RunningServer server) throws Exception;
  }

  /** A run that has measured nothing yet. */
  public static Run begin(Workshop workshop, Databases databases, Duration duration) {
    return new Run(workshop, databases, duration, new EnumMap<>(Figure.class));
  }

  /** A new server on a new database, for one measurement. */
  public void withServer(String database, WithServer body) throws Exception {
    databases.create(database);
    try (RunningServer server = server(database)) {
      body.measure(server);
    }
    databases.drop(database);
  }

  /** A server on a database that is there. */
  public RunningServer server(String database) throws IOException, InterruptedException {
    return RunningServer.start(workshop, databases.postgres(), database);
  }

  /** What has been spent so far. */
  public Processes.Cpu cpu(RunningServer server) throws IOException {
    return Processes.cpu(server.pid(), postgresFolder());
  }

  private Path postgresFolder() {
    return workshop.file("postgres");
  }

  /** Notes a figure. */
  public void note(Figure figure, double value, String remark) {
    figures.put(figure, value);
    System.out.printf(
        "  %s: %s%s%n",
        figure.what(), figure.shown(value), remark.isEmpty() ? "" : "  — " + remark);
  }
}
