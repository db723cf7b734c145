package dev.muster.benchmarks;

import dev.muster.jdbc.embedded.EmbeddedPostgres;
import dev.muster.outside.Api;
import dev.muster.outside.Patience;
import dev.muster.outside.Program;
import dev.muster.outside.UnexpectedException;
import dev.muster.outside.Workshop;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long it takes on an idle system from sending a submit until a waiting agent has the job: the
 * packaged server over HTTP, on the durable embedded PostgreSQL, one agent with an open poll.
 */
public final class IdleLatency {
  private static final Path SERVER_JAR = Path.of("server-app", "target", "muster-server.jar");
  private static final String ADMIN_TOKEN = "a-token-for-the-benchmark-only-0";
  private static final int WARM_UP = 200;

  private IdleLatency() {}

  /**
   * Measures, and prints a Markdown table.
   *
   * @param arguments how many rounds, 500 where nobody says
   */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length == 0 ? 500 : Integer.parseInt(arguments[0]);
    try (Workshop workshop = Workshop.below(Path.of("target", "benchmarks"));
        EmbeddedPostgres postgres = EmbeddedPostgres.start(workshop.file("database"))) {
      NotifyFloor floor = new NotifyFloor(postgres);
      int port = freePort();
      try (Program server = startServer(workshop, postgres, port)) {
        Api operator = new Api("http://127.0.0.1:" + port, ADMIN_TOKEN);
        Patience.until(Duration.ofSeconds(60), "the server", () -> answers(server, operator));
        Percentiles submit = measure("http://127.0.0.1:" + port, operator, rounds);
        System.out.println("| what, ms | p50 | p90 | p99 | rounds |\n|---|---|---|---|---|");
        System.out.println(submit.row());
        System.out.println(floor.measure(rounds).row());
      }
    }
    System.exit(0);
  }

  private static boolean answers(Program server, Api operator) {
    server.mustBeAlive();
    try {
      return operator.get("/api/v1/admin/tenants").has("items");
    } catch (UnexpectedException notYet) {
      return false;
    }
  }

  private static Percentiles measure(String server, Api operator, int rounds)
      throws InterruptedException {
    Api user = new Api(server, userToken(operator));
    long[] nanos = new long[rounds];
    try (WaitingAgent agent = WaitingAgent.start(new Api(server, agentKey(operator)))) {
      for (int round = -WARM_UP; round < rounds; round++) {
        Pause.between();
        long begin = System.nanoTime();
        user.post("/api/v1/platform-jobs", "{\"type\": \"b\", \"payload\": {}}");
        long took = agent.nextArrival() - begin;
        if (round >= 0) {
          nanos[round] = took;
        }
      }
    }
    return Percentiles.of("submit → a waiting agent has it (HTTP, all rules, audit)", nanos);
  }

  private static String userToken(Api operator) {
    operator.post(
        "/api/v1/admin/tenants",
        "{\"slug\": \"bench\", \"name\": \"Bench\", \"plan\": \"enterprise\"}");
    String user =
        operator
            .post(
                "/api/v1/admin/users",
                "{\"name\": \"b\", \"role\": \"member\", \"tenant_slug\": \"bench\"}")
            .path("id")
            .asString();
    return operator
        .post("/api/v1/admin/users/" + user + "/tokens", "{\"description\": \"b\"}")
        .path("raw_token")
        .asString();
  }

  private static String agentKey(Api operator) {
    return operator
        .post("/api/v1/admin/platform-agents", "{\"name\": \"b\", \"max_concurrent\": 4}")
        .path("api_key")
        .asString();
  }

  private static Program startServer(Workshop workshop, EmbeddedPostgres postgres, int port)
      throws java.io.IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("MUSTER_DB_URL", postgres.jdbcUrl());
    environment.put("MUSTER_DB_USER", postgres.server().user());
    environment.put("MUSTER_DB_PASSWORD", postgres.server().password().reveal());
    environment.put("MUSTER_DB_OWNER_USER", postgres.owner().user());
    environment.put("MUSTER_DB_OWNER_PASSWORD", postgres.owner().password().reveal());
    environment.put("MUSTER_MASTER_KEY", "00".repeat(31) + "01");
    environment.put("MUSTER_ADMIN_TOKEN", ADMIN_TOKEN);
    environment.put("MUSTER_HTTP_HOST", "127.0.0.1");
    environment.put("MUSTER_HTTP_PORT", String.valueOf(port));
    return Program.start(
        "server", SERVER_JAR, List.of("serve"), environment, workshop.file("server.log"));
  }

  private static int freePort() throws java.io.IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
