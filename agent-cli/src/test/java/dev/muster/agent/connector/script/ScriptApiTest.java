package dev.muster.agent.connector.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.muster.agent.connector.Workbench;
import dev.muster.domain.credential.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The helper {@code api}, against a server that echoes what it is sent. */
class ScriptApiTest {
  private static final String TOKEN = "mst_job_abcdefghijklmnop";

  @TempDir private Path folder;
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          String token = exchange.getRequestHeaders().getFirst("Authorization");
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
          byte[] answer = new JsonMapper().writeValueAsBytes(Map.of("token", token, "body", body));
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(body.isEmpty() ? 200 : 201, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void a_script_calls_the_server_in_its_jobs_name_and_never_sees_the_token() throws Exception {
    Workbench bench = bench("api: true").withToken(Secret.of(TOKEN));

    JsonNode result =
        bench.completed(
            job(
                """
                const mine = api.get('/api/v1/jobs/{job_id}');
                const made = api.post('/api/v1/jobs/x/cancel', {reason: 'done'});
                log(mine.body.token.split('').reverse().join(''), JSON.stringify(made));
                return [mine.status, made.status, made.body.body, mine.body.token];
                """));

    assertThat(result.at("/value/0").asInt()).isEqualTo(200);
    assertThat(result.at("/value/1").asInt()).isEqualTo(201);
    assertThat(result.at("/value/2").asString()).isEqualTo("{\"reason\":\"done\"}");
    assertThat(seen.getFirst()).matches("GET /api/v1/jobs/[0-9a-f-]{36} ");
    assertThat(seen.getLast()).isEqualTo("POST /api/v1/jobs/x/cancel {\"reason\":\"done\"}");
    assertThat(result + "\n" + bench.lines())
        .doesNotContain(TOKEN)
        .doesNotContain(new StringBuilder(TOKEN).reverse())
        .contains("[redacted]");
  }

  @Test
  void where_this_host_does_not_allow_it_a_script_is_told_so_by_name() throws Exception {
    Workbench bench = bench("").withToken(Secret.of(TOKEN));

    assertThat(bench.failed(job("api.get('/api/v1/jobs/{job_id}')")).errorClass())
        .isEqualTo("not_allowed_here");
    assertThat(seen).isEmpty();
  }

  @Test
  void a_job_without_a_token_cannot_call() throws Exception {
    assertThat(bench("api: true").failed(job("api.get('/api/v1/jobs/{job_id}')")).errorClass())
        .isEqualTo("api_unavailable");
    assertThat(seen).isEmpty();
  }

  @Test
  void nothing_but_the_servers_interface_is_called() throws Exception {
    Workbench bench = bench("api: true").withToken(Secret.of(TOKEN));
    String tried =
        """
        return ['http://e.example/', '//e.example/api/v1/x', '/api/v1/../metrics', '/metrics',
            '/api/v1/%2e%2e/metrics', '/api/v1/x\\r\\nHost: e.example'].map(path => {
          try { api.get(path); return 'sent'; } catch (e) { return e.errorClass; }
        });
        """;

    JsonNode refused = bench.completed(job(tried)).path("value");

    assertThat(refused.valueStream().map(JsonNode::asString).distinct())
        .containsExactly("not_allowed_here");
    for (String wrong : List.of("api.get()", "api.get(7)", "api.get('/api/v1/x', {a: 1})")) {
      assertThat(bench.failed(job(wrong)).errorClass()).isEqualTo("invalid_payload");
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void the_helper_cannot_be_replaced_for_another_and_hands_out_nothing_of_java() throws Exception {
    Workbench bench = bench("api: true").withToken(Secret.of(TOKEN));

    JsonNode result =
        bench.completed(
            job(
                """
                const get = api.get;
                api.get = null;
                try { api = null; } catch (e) { log('constant'); }
                return [typeof api.get, api.get === get, typeof api.getClass, typeof api.token,
                    Object.keys(api).length];
                """));

    assertThat(result.path("value").toString())
        .isEqualTo("[\"function\",true,\"undefined\",\"undefined\",0]");
  }

  private Workbench bench(String settings) throws Exception {
    return new Workbench(
        folder,
        "{script: {time-limit-seconds: 60, cpu-limit-seconds: 40, heap-mebibytes: 32, %s}}"
            .formatted(settings),
        "{}",
        SSLContext.getDefault(),
        Optional.empty(),
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  private static String job(String source) {
    return new JsonMapper().writeValueAsString(Map.of("connector", "script", "source", source));
  }
}
