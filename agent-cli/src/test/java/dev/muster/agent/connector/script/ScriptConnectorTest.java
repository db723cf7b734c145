package dev.muster.agent.connector.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.muster.agent.connector.ConnectorOutcome;
import dev.muster.agent.connector.Workbench;
import dev.muster.agent.fake.Awaiting;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScriptConnectorTest {
  private static final String SECRET = "s3cret-of-the-vault";
  private static final List<String> seen = new CopyOnWriteArrayList<>();
  private static final CountDownLatch never = new CountDownLatch(1);
  private static HttpServer server;
  private static String url;

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeAll
  static void startServer() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          String token = exchange.getRequestHeaders().getFirst("X-Token");
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          seen.add(exchange.getRequestURI() + " " + token + " " + body);
          if (exchange.getRequestURI().getPath().equals("/slow")) {
            try {
              never.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          byte[] answer = ("you sent " + token + " " + body).getBytes(UTF_8);
          int status = exchange.getRequestURI().getPath().equals("/missing") ? 404 : 200;
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterAll
  static void stopServer() {
    never.countDown();
    server.stop(0);
  }

  @BeforeEach
  void makeBench() throws Exception {
    bench = bench("time-limit-seconds: 60, cpu-limit-seconds: 40, heap-mebibytes: 32");
  }

  @AfterEach
  void forget() {
    seen.clear();
  }

  @Test
  void a_script_is_run_with_its_config_and_calls_the_servers_that_this_host_allows()
      throws Exception {
    JsonNode result =
        bench.completed(
            job(
                """
                const answer = http({method: 'POST', url: config.url + '/missing', body: {a: 1}});
                log('answered', answer.status);
                return {status: answer.status, body: answer.body};
                """));
    assertThat(result.at("/value/status").intValue()).isEqualTo(404);
    assertThat(result.at("/value/body").asString()).isEqualTo("you sent null {\"a\":1}");
    assertThat(bench.lines()).contains("stdout answered 404");
  }

  @Test
  void a_script_uses_secrets_and_never_holds_one() throws Exception {
    JsonNode result =
        bench.completed(
            job(
                """
                const token = secret('vault://local/api/token');
                const answer = http({method: 'POST', url: config.url + '/', headers: {'X-Token': 'Key ' + token},
                    body: {token}});
                log(answer.body, answer.body.split('').reverse().join(''), token);
                return [answer.body, answer.body.split('').reverse().join('-'), 'x' + token];
                """));
    assertThat(seen).containsExactly("/ Key " + SECRET + " {\"token\":\"" + SECRET + "\"}");
    String everything = result + "\n" + bench.lines();
    assertThat(everything)
        .contains("you sent Key [redacted]")
        .doesNotContain(SECRET)
        .doesNotContain(new StringBuilder(SECRET).reverse())
        .doesNotContain("t-l-u-a-v");
  }

  @Test
  void what_the_http_connector_refuses_a_script_does_not_get() throws Exception {
    ConnectorOutcome.Failed failed = bench.failed(job("http({url: 'https://elsewhere.example/'})"));
    assertThat(failed.errorClass()).isEqualTo("not_allowed_here");
    assertThat(bench.failed(job("http({url: config.url, method: 'DELETE'})")).errorClass())
        .isEqualTo("not_allowed_here");
    assertThat(
            bench
                .completed(
                    job(
                        "try { http({url: 'https://e.example/'}) } catch (e) { return e.errorClass }"))
                .path("value")
                .asString())
        .isEqualTo("not_allowed_here");
    assertThat(seen).isEmpty();
  }

  @Test
  void a_secret_goes_where_it_may_and_only_as_secret_gave_it() throws Exception {
    String get = "http({url: config.url + '/', headers: {'X-Token': %s}})";
    assertThat(
            bench
                .failed(job(get.formatted("'' + secret('vault://local/other/token')")))
                .errorClass())
        .isEqualTo("secret_not_allowed_for_target");
    assertThat(
            bench.failed(job(get.formatted("'' + secret('vault://local/no/such')"))).errorClass())
        .isEqualTo("secret_not_found");
    assertThat(bench.failed(job(get.formatted("'vault://local/api/token'"))).errorClass())
        .isEqualTo("not_allowed_here");
    assertThat(
            bench
                .failed(job(get.formatted("secret('vault://local/api/token') + 'x'")))
                .errorClass())
        .isEqualTo("invalid_payload");
    assertThat(
            bench
                .failed(job("http({url: config.url + '/' + secret('vault://local/api/token')})"))
                .errorClass())
        .isEqualTo("not_allowed_here");
    assertThat(bench.failed(job("secret('/etc/passwd')")).errorClass())
        .isEqualTo("invalid_payload");
    assertThat(seen).isEmpty();
  }

  @Test
  void a_hostile_script_is_refused_by_name_and_the_agent_goes_on_serving() throws Exception {
    assertThat(bench.failed(job("return java.lang.Runtime.getRuntime().exec('id')")).errorClass())
        .isEqualTo("script_error");
    assertThat(bench.failed(job("return exec({tool: 'sh'})")).errorClass())
        .isEqualTo("script_error");
    assertThat(bench.failed(job("let s = 'x'; while (true) s += s;")).errorClass())
        .isEqualTo("script_memory_limit");
    assertThat(bench.failed(job("while (true) log('x'.repeat(1000))")).errorClass())
        .isEqualTo("script_output_limit");
    assertThat(bench.failed(job("/*" + "x".repeat(300_000) + "*/")).errorClass())
        .isEqualTo("script_too_large");
    assertThat(bench.completed(job("return 'served'")).path("value").asString())
        .isEqualTo("served");
    assertNothingIsLeft();
  }

  @Test
  void limits_of_time_are_the_hosts_and_then_the_jobs() throws Exception {
    assertThat(bench("time-limit-seconds: 3").failed(job("while (true) {}")).errorClass())
        .isEqualTo("script_time_limit");
    assertThat(bench("cpu-limit-seconds: 1").failed(job("while (true) {}")).errorClass())
        .isEqualTo("script_cpu_limit");
    ConnectorOutcome.Failed failed =
        bench.withTimeout(Duration.ofSeconds(3)).failed(job("http({url: config.url + '/slow'})"));
    assertThat(failed.errorClass()).isEqualTo("run_timeout");
    assertNothingIsLeft();
  }

  @Test
  void a_cancelled_script_is_ended_with_its_jvm() throws Exception {
    CompletableFuture<ConnectorOutcome> outcome =
        CompletableFuture.supplyAsync(() -> {
          try {
            return bench.run(job("http({url: config.url + '/slow'}); while (true) {}"));
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    Awaiting.until("the request", () -> !seen.isEmpty());
    bench.cancellation().cancel();
    assertThat(outcome.get(30, TimeUnit.SECONDS))
        .isEqualTo(new ConnectorOutcome.Cancelled(true, "the script was ended"));
    assertNothingIsLeft();
  }

  @Test
  void a_host_that_does_not_list_scripts_runs_none() throws Exception {
    Workbench without = new Workbench(folder, "http: {hosts: ['" + url + "']}", "{}");
    assertThat(without.failed(job("return 1")).errorClass()).isEqualTo("not_allowed_here");
    Workbench alone = new Workbench(folder, "script: {}", "{}");
    assertThat(alone.failed(job("http({url: config.url})")).message()).contains("http");
  }

  @Test
  void a_payload_is_a_source_and_a_config() throws Exception {
    for (String payload :
        List.of(
            "{\"connector\": \"script\"}",
            "{\"connector\": \"script\", \"source\": 1}",
            "{\"connector\": \"script\", \"source\": \"\", \"config\": []}",
            "{\"connector\": \"script\", \"source\": \"\", \"heap\": 1}")) {
      assertThat(bench.failed(payload).errorClass()).isEqualTo("invalid_payload");
    }
  }

  @Test
  void a_limit_that_is_none_is_a_problem_of_the_configuration() throws Exception {
    assertThat(Workbench.problems(folder, "script: {heap-mebibytes: 1, java: true}")).hasSize(2);
  }

  private void assertNothingIsLeft() throws Exception {
    assertThat(ProcessHandle.current().descendants().filter(ScriptConnectorTest::isSandbox))
        .isEmpty();
    try (Stream<Path> left = Files.list(bench.workFolder())) {
      assertThat(left).isEmpty();
    }
  }

  private static boolean isSandbox(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("sandbox.jar");
  }

  private Workbench bench(String limits) throws Exception {
    return new Workbench(
        folder,
        "{http: {hosts: ['%s'], methods: [GET, POST]}, script: {%s}}".formatted(url, limits),
        """
        {
          "api/token": {"value": "%s", "for": {"hosts": ["%s"]}},
          "other/token": {"value": "another-secret", "for": {"hosts": ["https://other.example"]}}
        }
        """
            .formatted(SECRET, url));
  }

  private static String job(String source) {
    return new JsonMapper()
        .writeValueAsString(
            Map.of("connector", "script", "source", source, "config", Map.of("url", url)));
  }
}
