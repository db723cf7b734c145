package dev.muster.benchmarks.peer;

import dev.muster.benchmarks.Figure;
import dev.muster.benchmarks.scenario.Run;
import dev.muster.benchmarks.scenario.Scenario;
import dev.muster.jdbc.embedded.DatabaseLogin;
import dev.muster.jdbc.embedded.EmbeddedPostgres;
import dev.muster.outside.Command;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Peers in the JVM, built by Maven in a project that is no module of this one. */
public final class JvmPeer implements Scenario {
  private static final Path FOLDER = Path.of("benchmarks", "peers", "jvm");
  private static final String JOBS = "20000";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Map<String, Figure> peers;

  private JvmPeer(Map<String, Figure> peers) {
    this.peers = peers;
  }

  /** db-scheduler, with both of its ways to poll. */
  public static Scenario dbScheduler() {
    return new JvmPeer(
        Map.of(
            "db-scheduler", Figure.DB_SCHEDULER, "db-scheduler-fetch", Figure.DB_SCHEDULER_FETCH));
  }

  /** JobRunr. */
  public static Scenario jobRunr() {
    return new JvmPeer(Map.of("jobrunr", Figure.JOBRUNR));
  }

  @Override
  public void measure(Run run) throws Exception {
    Command.output(
        FOLDER,
        List.of("mvn", "-q", "-B", "-ntp", "compile", "dependency:copy-dependencies"),
        Map.of("JAVA_HOME", System.getProperty("java.home")),
        run.workshop().file("peers-jvm-build.log"),
        PATIENCE);
    EmbeddedPostgres postgres = run.databases().postgres();
    DatabaseLogin root = postgres.superuser();
    PeerRun peer =
        new PeerRun(
            run,
            FOLDER,
            Map.of(
                "PEER_URL", postgres.jdbcUrl(PeerRun.DATABASE),
                "PEER_USER", root.user(),
                "PEER_PASSWORD", root.password().reveal()));
    for (Map.Entry<String, Figure> each : peers.entrySet()) {
      peer.measure(command(each.getKey()), Map.of("rate", each.getValue()));
    }
  }

  private static List<String> command(String peer) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String classes = "target/classes" + File.pathSeparator + "target/dependency/*";
    return List.of(java.toString(), "-cp", classes, "dev.muster.peers.Peer", peer, JOBS);
  }
}
