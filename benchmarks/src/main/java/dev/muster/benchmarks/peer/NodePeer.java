package dev.muster.benchmarks.peer;

import dev.muster.benchmarks.Figure;
import dev.muster.benchmarks.scenario.Run;
import dev.muster.benchmarks.scenario.Scenario;
import dev.muster.jdbc.embedded.DatabaseLogin;
import dev.muster.jdbc.embedded.EmbeddedPostgres;
import dev.muster.outside.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Peers on Node, in the versions that {@code package-lock.json} names. */
public final class NodePeer implements Scenario {
  private static final Path FOLDER = Path.of("benchmarks", "peers", "node");
  private static final String JOBS = "20000";

  /** For those that are slow: their rate does not depend on it. */
  private static final String FEW_JOBS = "4000";

  private static final String ROUNDS = "500";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final List<Program> programs;

  private record Program(List<String> command, Map<String, Figure> figures) {
    static Program rate(Figure figure, String... command) {
      return new Program(List.of(command), Map.of("rate", figure));
    }
  }

  private NodePeer(List<Program> programs) {
    this.programs = programs;
  }

  /** graphile-worker, as it comes and as its notes on performance say, and when it is idle. */
  public static Scenario graphileWorker() {
    return new NodePeer(
        List.of(
            Program.rate(Figure.GRAPHILE_TUNED, "node", "graphile.mjs", "tuned", JOBS),
            Program.rate(Figure.GRAPHILE_DEFAULT, "node", "graphile.mjs", "default", FEW_JOBS),
            new Program(
                List.of("node", "graphile.mjs", "latency", ROUNDS),
                Map.of("p50", Figure.GRAPHILE_P50, "p99", Figure.GRAPHILE_P99))));
  }

  /** pg-boss, in fifties and one by one. */
  public static Scenario pgBoss() {
    return new NodePeer(
        List.of(
            Program.rate(Figure.PG_BOSS_FIFTIES, "node", "pgboss.mjs", "50", JOBS),
            Program.rate(Figure.PG_BOSS_SINGLE, "node", "pgboss.mjs", "1", FEW_JOBS)));
  }

  @Override
  public void measure(Run run) throws Exception {
    if (!Files.exists(FOLDER.resolve("node_modules"))) {
      Command.output(
          FOLDER,
          List.of("npm", "ci", "--no-audit", "--no-fund"),
          Map.of(),
          run.workshop().file("peers-node-build.log"),
          PATIENCE);
    }
    PeerRun peer = new PeerRun(run, FOLDER, Map.of("PEER_DATABASE", url(run)));
    for (Program program : programs) {
      peer.measure(program.command(), program.figures());
    }
  }

  private static String url(Run run) {
    EmbeddedPostgres postgres = run.databases().postgres();
    DatabaseLogin root = postgres.superuser();
    return "postgres://%s:%s@%s:%d/%s"
        .formatted(
            root.user(),
            root.password().reveal(),
            postgres.host(),
            postgres.port(),
            PeerRun.DATABASE);
  }
}
