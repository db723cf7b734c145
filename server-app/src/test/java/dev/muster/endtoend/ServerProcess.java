package dev.muster.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server, started as an operator starts it: the jar and an environment. */
final class ServerProcess implements AutoCloseable {
  static final String ADMIN_TOKEN = "an-operator-of-the-tests-who-may-do-all";
  static final String MASTER_KEY = "00112233445566778899aabbccddeeff".repeat(2);
  private static final Duration STARTING = Duration.ofSeconds(120);
  private static final Pattern READY = Pattern.compile("event=ready host=\\S+ port=([0-9]+)");

  private volatile JavaProgram program;
  private final Map<String, String> environment;
  private final Path log;
  private final int port;

  private ServerProcess(JavaProgram program, Map<String, String> environment, Path log, int port) {
    this.program = program;
    this.environment = environment;
    this.log = log;
    this.port = port;
  }

  /** Starts one on any free port and waits until it is ready. */
  static ServerProcess start(Path log, List<Map<String, String>> settings) throws Exception {
    return launch(log, settings).ready();
  }

  /** Starts one without waiting. */
  static Starting launch(Path log, List<Map<String, String>> settings) throws IOException {
    Map<String, String> environment = usual();
    settings.forEach(environment::putAll);
    return new Starting(
        JavaProgram.start(JavaProgram.serverJar(), List.of("serve"), environment, log),
        environment,
        log);
  }

  /** What every server of the tests is told, where a test does not say otherwise. */
  static Map<String, String> usual() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("MUSTER_HTTP_HOST", "127.0.0.1");
    environment.put("MUSTER_HTTP_PORT", "0");
    environment.put("GRPC_PORT", "");
    environment.put("MUSTER_ADMIN_TOKEN", ADMIN_TOKEN);
    environment.put("MUSTER_MASTER_KEY", MASTER_KEY);
    environment.put("MUSTER_RATE_LIMIT", "1000000");
    return environment;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  JavaProgram program() {
    return program;
  }

  /** Starts it again on the same port, after it has ended, and waits until it is ready. */
  void restart() throws Exception {
    Map<String, String> same = new LinkedHashMap<>(environment);
    same.put("MUSTER_HTTP_PORT", String.valueOf(port));
    program = JavaProgram.start(JavaProgram.serverJar(), List.of("serve"), same, log);
    awaitReady(program, url());
  }

  private static void awaitReady(JavaProgram program, String url) throws Exception {
    ApiClient anyone = new ApiClient(url, "");
    Await.until(
        STARTING,
        "the server to be ready",
        () -> {
          mustBeAlive(program);
          return anyone.reaches("/readyz");
        });
  }

  private static void mustBeAlive(JavaProgram program) {
    if (!program.isAlive()) {
      throw new AssertionError("the server ended: " + program.tail());
    }
  }

  @Override
  public void close() throws InterruptedException {
    program.close();
  }

  /** One that has been launched. */
  record Starting(JavaProgram program, Map<String, String> environment, Path log) {
    ServerProcess ready() throws Exception {
      int[] port = new int[1];
      Await.until(
          STARTING,
          "the server to say its port",
          () -> {
            mustBeAlive(program);
            Matcher ready = READY.matcher(program.log());
            if (ready.find()) {
              port[0] = Integer.parseInt(ready.group(1));
            }
            return port[0] > 0;
          });
      ServerProcess server = new ServerProcess(program, environment, log, port[0]);
      awaitReady(program, server.url());
      return server;
    }
  }
}
