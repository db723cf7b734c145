package dev.muster.faults;

import dev.muster.benchmarks.fleet.RunningServer;
import dev.muster.jdbc.embedded.EmbeddedPostgres;
import dev.muster.outside.Api;
import dev.muster.outside.Patience;
import dev.muster.outside.Program;
import dev.muster.outside.UnexpectedException;
import dev.muster.outside.Workshop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One server with a line of its own to the database, that can be killed, paused and cut off. */
final class Replica implements AutoCloseable {
  static final String ADMIN_TOKEN = "a-token-for-the-fault-runs-only-0";

  private static final Duration STARTING = Duration.ofSeconds(90);
  private static final String OPTIONS = "JAVA_TOOL_OPTIONS";

  /** The quick compiler only: these processes live for seconds. */
  private static final String JVM = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  /** Each agent that waits takes about 100 KiB. */
  private static final int A_CROWD = 1_000;

  private final Workshop workshop;
  private final String name;
  private final Map<String, String> environment;
  private final Line line;
  private final int port;
  private int starts;
  private Program program;

  private Replica(
      Workshop workshop, String name, Map<String, String> environment, Line line, int port)
      throws IOException {
    this.workshop = workshop;
    this.name = name;
    this.environment = environment;
    this.line = line;
    this.port = port;
    this.program = launch();
  }

  /** Starts one on a database of a cluster, without waiting. */
  static Replica on(
      Workshop workshop, String name, EmbeddedPostgres postgres, String database, Ground.Size size)
      throws IOException {
    Line line = Line.to(postgres.port());
    Map<String, String> environment = new HashMap<>();
    environment.put("MUSTER_DB_URL", "jdbc:postgresql://127.0.0.1:" + line.port() + "/" + database);
    environment.put("MUSTER_DB_USER", postgres.server().user());
    environment.put("MUSTER_DB_PASSWORD", postgres.server().password().reveal());
    environment.put("MUSTER_DB_OWNER_USER", postgres.owner().user());
    environment.put("MUSTER_DB_OWNER_PASSWORD", postgres.owner().password().reveal());
    environment.put("MUSTER_LEASE_SECONDS", String.valueOf(size.leaseSeconds()));
    environment.put(OPTIONS, JVM + " -Xmx" + (size.agents() > A_CROWD ? "2g" : "512m"));
    return start(workshop, name, environment, line);
  }

  /** Starts one that runs its own database in a folder, without waiting. */
  static Replica withItsOwnDatabase(Workshop workshop, String name, Path folder)
      throws IOException {
    return start(workshop, name, Map.of("MUSTER_EMBEDDED_DB", folder.toString()), Line.to(0));
  }

  private static Replica start(
      Workshop workshop, String name, Map<String, String> database, Line line) throws IOException {
    int port = RunningServer.freePort();
    Map<String, String> environment = new HashMap<>(database);
    environment.put("MUSTER_MASTER_KEY", "00".repeat(31) + "01");
    environment.put("MUSTER_ADMIN_TOKEN", ADMIN_TOKEN);
    environment.put("MUSTER_RATE_LIMIT", "1000000");
    environment.put("MUSTER_HTTP_HOST", "127.0.0.1");
    environment.put("MUSTER_HTTP_PORT", String.valueOf(port));
    environment.put("GRPC_PORT", "");
    environment.putIfAbsent(OPTIONS, JVM + " -Xmx512m");
    return new Replica(workshop, name, environment, line, port);
  }

  private Program launch() throws IOException {
    starts++;
    return Program.start(
        name,
        Optional.ofNullable(System.getenv("MUSTER_BENCH_SERVER_JAR"))
            .map(Path::of)
            .orElse(RunningServer.SERVER_JAR),
        List.of("serve"),
        environment,
        log());
  }

  /** What it writes in its present life. */
  Path log() {
    return workshop.file("%s-%d.log".formatted(name, starts));
  }

  /** Waits until it answers. */
  Replica ready() throws InterruptedException {
    Api operator = operator();
    Patience.until(STARTING, name, () -> answers(operator));
    return this;
  }

  private boolean answers(Api operator) {
    program.mustBeAlive();
    try {
      return operator.get("/api/v1/admin/tenants").has("items");
    } catch (UnexpectedException notYet) {
      return false;
    }
  }

  /** SIGKILL. */
  void kill() {
    program.kill();
  }

  /** Starts it again on the same port, without waiting. */
  void startAgain() throws IOException {
    program = launch();
  }

  /** SIGSTOP: as if its host had hung. */
  void pause() throws IOException, InterruptedException {
    program.signal("STOP");
  }

  /** SIGCONT. */
  void resume() throws IOException, InterruptedException {
    program.signal("CONT");
  }

  /** What lies between it and the database. */
  Line line() {
    return line;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  Api operator() {
    return new Api(url(), ADMIN_TOKEN);
  }

  @Override
  public void close() {
    program.close();
    line.close();
  }
}
