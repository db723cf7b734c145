package dev.muster.benchmarks.fleet;

import dev.muster.jdbc.embedded.EmbeddedPostgres;
import dev.muster.outside.Api;
import dev.muster.outside.Patience;
import dev.muster.outside.Program;
import dev.muster.outside.UnexpectedException;
import dev.muster.outside.Workshop;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The packaged server as a process of its own, on a database of the run's cluster. */
public final class RunningServer implements AutoCloseable {
  static final String ADMIN_TOKEN = "a-token-for-the-benchmark-only-0";

  /** The packaged server, from the project's folder. */
  public static final Path SERVER_JAR = Path.of("server-app", "target", "muster-server.jar");

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** As docs/operations.md says for a machine of two cores. */
  private static final String OPTIONS = "-Xmx640m -XX:+UseParallelGC";

  private final Program program;
  private final int port;

  private RunningServer(Program program, int port) {
    this.program = program;
    this.port = port;
  }

  /** Starts one and waits until it answers. */
  public static RunningServer start(Workshop workshop, EmbeddedPostgres postgres, String database)
      throws IOException, InterruptedException {
    int port = freePort();
    Program program =
        Program.start(
            "server",
            Optional.ofNullable(System.getenv("MUSTER_BENCH_SERVER_JAR"))
                .map(Path::of)
                .orElse(SERVER_JAR),
            List.of("serve"),
            environment(postgres, database, port),
            workshop.file("server-" + database + "-" + port + ".log"));
    RunningServer server = new RunningServer(program, port);
    Api operator = server.operator();
    Patience.until(PATIENCE, "the server", () -> answers(program, operator));
    return server;
  }

  private static boolean answers(Program program, Api operator) {
    program.mustBeAlive();
    try {
      return operator.get("/api/v1/admin/tenants").has("items");
    } catch (UnexpectedException notYet) {
      return false;
    }
  }

  private static Map<String, String> environment(
      EmbeddedPostgres postgres, String database, int port) {
    Map<String, String> environment = new HashMap<>();
    environment.put("MUSTER_DB_URL", postgres.jdbcUrl(database));
    environment.put("MUSTER_DB_USER", postgres.server().user());
    environment.put("MUSTER_DB_PASSWORD", postgres.server().password().reveal());
    environment.put("MUSTER_DB_OWNER_USER", postgres.owner().user());
    environment.put("MUSTER_DB_OWNER_PASSWORD", postgres.owner().password().reveal());
    environment.put("MUSTER_MASTER_KEY", "00".repeat(31) + "01");
    environment.put("MUSTER_ADMIN_TOKEN", ADMIN_TOKEN);
    // What is measured is the work, of agents that do nothing else.
    environment.put("MUSTER_RATE_LIMIT", "10000000");
    environment.put("MUSTER_HTTP_HOST", "127.0.0.1");
    environment.put("MUSTER_HTTP_PORT", String.valueOf(port));
    environment.put("GRPC_PORT", "");
    String more = Optional.ofNullable(System.getenv("MUSTER_BENCH_SERVER_OPTIONS")).orElse("");
    environment.put("JAVA_TOOL_OPTIONS", "%s %s".formatted(OPTIONS, more).strip());
    return environment;
  }

  /** A port that nobody listens on now. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** The API as the operator. */
  public Api operator() {
    return new Api(url(), ADMIN_TOKEN);
  }

  /** Where it is. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** Its process. */
  public long pid() {
    return program.pid();
  }

  @Override
  public void close() {
    program.close();
  }
}
