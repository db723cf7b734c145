package dev.muster.demo;

import dev.muster.outside.Api;
import dev.muster.outside.Patience;
import dev.muster.outside.Program;
import dev.muster.outside.UnexpectedException;
import dev.muster.outside.Workshop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A server in local mode with its embedded PostgreSQL, and one agent that registers itself. */
final class Fleet implements AutoCloseable {
  private static final int USUAL_PORT = 8080;
  private static final int PORTS_TO_TRY = 100;
  private static final Duration STARTING = Duration.ofSeconds(90);
  private static final Path SERVER_JAR = Path.of("server-app", "target", "muster-server.jar");
  private static final Path AGENT_JAR = Path.of("agent-cli", "target", "muster-agent.jar");
  static final String SECRET_REFERENCE = "vault://local/inventory/token";

  private final Workshop workshop;
  private final String server;
  private final Path operatorTokenFile;
  private final String operatorToken;
  private final String localAgentKey = random();
  private final Program serverProgram;
  private final Program agentProgram;
  private final Path userTokenFile;
  private final Api user;

  private Fleet(Workshop workshop, Target target, Story story)
      throws IOException, InterruptedException {
    this.workshop = workshop;
    int port = freePort();
    this.server = "http://127.0.0.1:" + port;
    this.operatorToken = random();
    this.operatorTokenFile = workshop.secretFile("operator.token", operatorToken);
    story.tell("server    starting on %s, with its own PostgreSQL", server);
    this.serverProgram = startServer(port);
    awaitReady();
    story.tell("server    ready");
    String token = userToken();
    this.userTokenFile = workshop.secretFile("user.token", token);
    this.user = new Api(server, token);
    story.tell("operator  made a user of the tenant local, with a token");
    writeAgentConfiguration(target);
    storeSecret(target);
    story.tell("host      put the secret into the agent's vault, for %s only", target.url());
    this.agentProgram = startAgent();
    awaitAgent();
    story.tell("agent     registered itself and is online");
  }

  static Fleet start(Workshop workshop, Target target, Story story)
      throws IOException, InterruptedException {
    return new Fleet(workshop, target, story);
  }

  String server() {
    return server;
  }

  Api user() {
    return user;
  }

  Path operatorTokenFile() {
    return operatorTokenFile;
  }

  Path userTokenFile() {
    return userTokenFile;
  }

  Path logs() {
    return workshop.file("");
  }

  /** Fails where one of the programs has ended. */
  void mustBeAlive() {
    serverProgram.mustBeAlive();
    agentProgram.mustBeAlive();
  }

  /** All that the server wrote: its database with its log, and its own log. */
  List<Path> filesOfServer() {
    List<Path> files = new ArrayList<>(workshop.filesBelow("database"));
    // PostgreSQL's own programs were there before the secret.
    files.removeIf(file -> file.startsWith(workshop.file("database").resolve("binaries")));
    files.add(workshop.file("server.log"));
    files.add(workshop.file("agent.log"));
    return files;
  }

  private Program startServer(int port) throws IOException {
    return Program.start(
        "server",
        SERVER_JAR,
        List.of("serve"),
        Map.of(
            "MUSTER_EMBEDDED_DB",
            workshop.file("database").toString(),
            // It looks at its jobs ten times a second.
            "MUSTER_RATE_LIMIT",
            "6000",
            "MUSTER_HTTP_HOST",
            "127.0.0.1",
            "MUSTER_HTTP_PORT",
            String.valueOf(port),
            "GRPC_PORT",
            "",
            "MUSTER_ADMIN_TOKEN",
            operatorToken,
            "LOCAL_MODE",
            "true",
            "LOCAL_AGENT_KEY",
            localAgentKey),
        workshop.file("server.log"));
  }

  private void awaitReady() throws InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest ready = HttpRequest.newBuilder(URI.create(server + "/readyz")).build();
    Patience.until(
        STARTING,
        "the server to be ready",
        () -> {
          serverProgram.mustBeAlive();
          try {
            return client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
          } catch (IOException notYet) {
            return false;
          }
        });
  }

  private String userToken() {
    Api operator = new Api(server, operatorToken);
    String id =
        operator
            .post(
                "/api/v1/admin/users",
                "{\"name\": \"demo\", \"role\": \"admin\", \"tenant_slug\": \"local\"}")
            .path("id")
            .asString();
    return operator
        .post("/api/v1/admin/users/" + id + "/tokens", "{\"description\": \"demo\"}")
        .path("raw_token")
        .asString();
  }

  private void writeAgentConfiguration(Target target) throws IOException {
    Files.writeString(
        workshop.file("agent.yaml"),
        """
        name: demo-agent
        connectors:
          exec:
            tools:
              disk-free:
                command: [df, -h, "{path}"]
                parameters:
                  path: {pattern: "/[A-Za-z0-9/._-]{0,100}"}
          http:
            hosts: ["http://127.0.0.1:%d"]
            methods: [GET]
        """
            .formatted(target.port()));
  }

  private void storeSecret(Target target) throws IOException, InterruptedException {
    Program.call(
        AGENT_JAR,
        List.of(
            "vault", "set", "inventory/token", "--for-host", "http://127.0.0.1:" + target.port()),
        agentEnvironment(),
        target.secret(),
        workshop.file("vault.log"));
  }

  private Program startAgent() throws IOException {
    return Program.start(
        "agent", AGENT_JAR, List.of("run"), agentEnvironment(), workshop.file("agent.log"));
  }

  private Map<String, String> agentEnvironment() {
    return Map.of(
        "BACKEND_URL",
        server,
        "MUSTER_STATE",
        workshop.file("agent").toString(),
        "MUSTER_AGENT_CONFIG",
        workshop.file("agent.yaml").toString(),
        "LOCAL_AGENT_KEY",
        localAgentKey);
  }

  private void awaitAgent() throws InterruptedException {
    Patience.until(
        STARTING,
        "the agent to be online",
        () -> {
          mustBeAlive();
          return user.get("/api/v1/agents").path("items").path(0).path("online").asBoolean(false);
        });
  }

  private static int freePort() {
    for (int port = USUAL_PORT; port < USUAL_PORT + PORTS_TO_TRY; port++) {
      try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return probe.getLocalPort();
      } catch (IOException taken) {
        continue;
      }
    }
    throw new UnexpectedException("no port is free from 8080 on");
  }

  private static String random() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public void close() {
    agentProgram.close();
    serverProgram.close();
  }
}
