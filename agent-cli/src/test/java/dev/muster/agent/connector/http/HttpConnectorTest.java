package dev.muster.agent.connector.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.muster.agent.PrivateAuthority;
import dev.muster.agent.connector.ConnectorOutcome;
import dev.muster.agent.connector.Workbench;
import dev.muster.agent.fake.Awaiting;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class HttpConnectorTest {
  private static final String SECRET = "t0ken \"quoted\"/+&";
  private static PrivateAuthority authority;
  private static HttpsServer server;
  private static HttpServer other;
  private static final List<String> requests = new CopyOnWriteArrayList<>();
  private static final CountDownLatch never = new CountDownLatch(1);

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeAll
  static void startServers(@TempDir Path keys) throws Exception {
    authority = new PrivateAuthority(keys);
    InetSocketAddress any = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
    server = HttpsServer.create(any, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(authority.server()));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    other = HttpServer.create(any, 0);
    TargetAnswers answers = new TargetAnswers(requests, never, other.getAddress().getPort());
    server.createContext("/", answers);
    other.createContext("/", answers);
    server.start();
    other.start();
  }

  @AfterAll
  static void stopServers() {
    never.countDown();
    server.stop(0);
    other.stop(0);
  }

  @BeforeEach
  void makeBench() throws Exception {
    bench = bench(authority.client());
  }

  @AfterEach
  void forget() {
    requests.clear();
  }

  @Test
  void a_request_is_sent_over_tls_and_its_json_answer_is_the_result() throws Exception {
    JsonNode result = bench.completed(job("GET", "/json", ""));
    assertThat(result.path("status").intValue()).isEqualTo(200);
    assertThat(result.at("/body/path").asString()).isEqualTo("/json");
    assertThat(result.at("/headers/content-type").asString()).isEqualTo("application/json");
    assertThat(result.has("duration_ms")).isTrue();
  }

  @Test
  void secrets_reach_the_server_in_headers_and_body_and_come_back_redacted() throws Exception {
    JsonNode result =
        bench.completed(
            job(
                "POST",
                "/echo",
                """
                , "headers": {"X-Token": "Key vault://local/api/token."},
                  "body": {"a": ["vault://local/api/token"]}
                """
                    .replace("token.", "token")));
    assertThat(requests.getFirst())
        .contains("POST /echo")
        .contains("Key " + SECRET)
        .contains("[\"t0ken \\\"quoted\\\"/+&\"]");
    assertThat(result.toString()).contains("[redacted]").doesNotContain("t0ken");
    assertThat(bench.lines().toString()).doesNotContain("t0ken");
  }

  @Test
  void basic_authentication_is_made_of_a_secret_and_never_comes_back() throws Exception {
    JsonNode result =
        bench.completed(
            job(
                "GET",
                "/echo",
                ", \"basic_auth\": {\"username\": \"me\", \"password\": \"vault://local/api/token\"}"));
    String encoded = Base64.getEncoder().encodeToString(("me:" + SECRET).getBytes(UTF_8));
    assertThat(requests.getFirst()).contains("Basic " + encoded);
    assertThat(result.toString()).doesNotContain(encoded);
  }

  @Test
  void headers_that_carry_credentials_are_redacted_by_name() throws Exception {
    JsonNode result = bench.completed(job("GET", "/cookie", ""));
    assertThat(result.at("/headers/set-cookie").asString()).isEqualTo("[redacted]");
  }

  @Test
  void a_secret_does_not_go_to_another_server() throws Exception {
    ConnectorOutcome.Failed failed =
        bench.failed(
            """
            {"connector": "http", "request": {"method": "GET", "url": "http://127.0.0.1:%d/echo",
             "headers": {"X-Token": "vault://local/api/token"}}}
            """
                .formatted(other.getAddress().getPort()));
    assertThat(failed.errorClass()).isEqualTo("secret_not_allowed_for_target");
    assertThat(requests).isEmpty();
  }

  @Test
  void an_unknown_secret_is_named_and_nothing_is_sent() throws Exception {
    ConnectorOutcome.Failed failed =
        bench.failed(job("POST", "/echo", ", \"body\": \"x=vault://local/api/none\""));
    assertThat(failed.errorClass()).isEqualTo("secret_not_found");
    assertThat(failed.message()).isEqualTo("vault://local/api/none");
    assertThat(requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://localhost:1/",
        "https://example.com/",
        "http://127.0.0.1:PORT/",
        "https://localhost:PORT/?k=vault://local/api/token",
        "https://localhost:PORT/VAULT://local/api/token"
      })
  void servers_that_are_not_listed_and_secrets_in_addresses_are_refused(String url)
      throws Exception {
    assertThat(bench.failed(jobTo(url)).errorClass()).isEqualTo("not_allowed_here");
    assertThat(requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://localhost@example.com/",
        "https://user:x@localhost:PORT/",
        "file:///etc/passwd",
        "https:localhost",
        "//localhost:PORT/",
        "https://local host/",
        ""
      })
  void an_address_that_is_not_plainly_one_is_refused(String url) throws Exception {
    assertThat(bench.failed(jobTo(url)).errorClass()).isEqualTo("invalid_payload");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Host\": \"x\"",
        "\"Accept-Encoding\": \"gzip\"",
        "\"accept-charset\": \"utf-16\"",
        "\"transfer-encoding\": \"chunked\"",
        "\"Content-Length\": \"1\"",
        "\"X-A\": \"a\\r\\nX-B: b\"",
        "\"X A\": \"a\"",
        "\"X-A\\n\": \"a\"",
        "\"X-A\": 1"
      })
  void headers_that_change_the_request_are_refused(String header) throws Exception {
    String payload = job("GET", "/echo", ", \"headers\": {" + header + "}");
    assertThat(bench.failed(payload).errorClass()).isIn("not_allowed_here", "invalid_payload");
    assertThat(requests).isEmpty();
  }

  @Test
  void a_method_that_is_not_listed_is_refused() throws Exception {
    assertThat(bench.failed(job("DELETE", "/echo", "")).errorClass()).isEqualTo("not_allowed_here");
    assertThat(bench.failed(job("get", "/echo", "")).errorClass()).isEqualTo("not_allowed_here");
  }

  @Test
  void a_redirect_is_followed_within_the_server() throws Exception {
    assertThat(bench.completed(job("GET", "/redirect/json", "")).at("/body/path").asString())
        .isEqualTo("/json");
    assertThat(requests).hasSize(2);
  }

  @Test
  void a_redirect_to_another_server_is_not_followed() throws Exception {
    assertThat(bench.failed(job("GET", "/away", "")).message()).contains("302");
    assertThat(requests).hasSize(1);
  }

  @Test
  void a_redirect_without_end_is_given_up() throws Exception {
    assertThat(bench.failed(job("GET", "/round", "")).errorClass()).isEqualTo("http_status");
    assertThat(requests).hasSize(6);
  }

  @ParameterizedTest
  @CsvSource({"404,false", "429,true", "500,true", "503,true", "400,false"})
  void a_status_fails_the_job_and_tells_whether_to_try_again(int status, boolean retryable)
      throws Exception {
    assertThat(bench.failed(job("GET", "/status/" + status, "")))
        .isEqualTo(
            new ConnectorOutcome.Failed("http_status", "the server answered " + status, retryable));
  }

  @Test
  void what_is_expected_decides() throws Exception {
    assertThat(
            bench
                .completed(expecting("/status/404", "{\"status\": [404, 410]}"))
                .path("status")
                .intValue())
        .isEqualTo(404);
    assertThat(bench.failed(expecting("/json", "{\"status\": 201}")).errorClass())
        .isEqualTo("http_status");
    assertThat(bench.completed(expecting("/json", "{\"json\": {\"/path\": \"/json\"}}")))
        .isNotNull();
    assertThat(bench.failed(expecting("/json", "{\"json\": {\"/path\": 1}}")).errorClass())
        .isEqualTo("expectation_failed");
    assertThat(bench.failed(expecting("/json", "{\"body_contains\": \"nope\"}")).errorClass())
        .isEqualTo("expectation_failed");
    assertThat(bench.failed(expecting("/json", "{\"statuses\": 1}")).errorClass())
        .isEqualTo("invalid_payload");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"body_contains\": \"t0\"}",
        "{\"body_contains\": \"t0ken\"}",
        "{\"json\": {\"/echoed\": \"t0ken \\\"quoted\\\"/+&\"}}"
      })
  void what_is_expected_cannot_be_used_to_guess_a_secret_that_comes_back(String expect)
      throws Exception {
    String job = job("POST", "/mirror", ", \"body\": \"vault://local/api/token\"");
    String guess = job.substring(0, job.length() - 1) + ", \"expect\": " + expect + "}";
    assertThat(bench.failed(guess).errorClass()).isEqualTo("expectation_failed");
    assertThat(requests.getFirst()).contains("t0ken");
  }

  @Test
  void an_answer_that_comes_compressed_is_refused_because_nothing_in_it_could_be_redacted()
      throws Exception {
    assertThat(bench.failed(job("GET", "/compressed", "")).errorClass()).isEqualTo("http_encoding");
  }

  @Test
  void an_answer_that_is_too_large_is_refused() throws Exception {
    assertThat(bench.failed(job("GET", "/large", "")).errorClass()).isEqualTo("response_too_large");
  }

  @Test
  void an_answer_that_never_ends_is_broken_off() throws Exception {
    assertThat(
            bench.withTimeout(Duration.ofMillis(500)).failed(job("GET", "/slow", "")).errorClass())
        .isEqualTo("run_timeout");
  }

  @Test
  void cancelling_breaks_the_request_off() throws Exception {
    CompletableFuture<ConnectorOutcome> outcome =
        CompletableFuture.supplyAsync(() -> {
          try {
            return bench.run(job("GET", "/slow", ""));
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    Awaiting.until("the request", () -> !requests.isEmpty());
    bench.cancellation().cancel();
    assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(ConnectorOutcome.Cancelled.class);
  }

  @Test
  void a_server_of_an_unknown_authority_is_not_trusted() throws Exception {
    assertThat(bench(SSLContext.getDefault()).failed(job("GET", "/json", "")).errorClass())
        .isEqualTo("http_tls");
    assertThat(requests).isEmpty();
  }

  @Test
  void a_server_that_is_not_there_may_be_tried_again() throws Exception {
    Workbench nobody = new Workbench(folder, "http: {hosts: ['http://127.0.0.1:1']}", "{}");
    ConnectorOutcome.Failed failed =
        nobody.failed("{\"connector\":\"http\",\"request\":{\"url\":\"http://127.0.0.1:1/\"}}");
    assertThat(failed.errorClass()).isEqualTo("http_unreachable");
    assertThat(failed.retryable()).isTrue();
  }

  private Workbench bench(SSLContext tls) throws Exception {
    return new Workbench(
        folder,
        """
        http:
          hosts: ["https://localhost:%d", "http://127.0.0.1:%d"]
          methods: [GET, POST]
          response-limit-bytes: 20000
        """
            .formatted(server.getAddress().getPort(), other.getAddress().getPort()),
        """
        {"api/token": {"value": "t0ken \\"quoted\\"/+&", "for": {"hosts": ["localhost:%d"]}}}
        """
            .formatted(server.getAddress().getPort()),
        tls);
  }

  private static String job(String method, String path, String more) {
    return "{\"connector\": \"http\", \"request\": {\"method\": \"%s\", \"url\": \"https://localhost:%d%s\" %s}}"
        .formatted(method, server.getAddress().getPort(), path, more);
  }

  private static String jobTo(String url) {
    return "{\"connector\": \"http\", \"request\": {\"url\": \"%s\"}}"
        .formatted(url.replace("PORT", "" + server.getAddress().getPort()));
  }

  private static String expecting(String path, String expect) {
    String job = job("GET", path, "");
    return job.substring(0, job.length() - 1) + ", \"expect\": " + expect + "}";
  }
}
