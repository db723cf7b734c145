package dev.muster.agent.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.muster.agent.api.JobApi.Answer;
import dev.muster.agent.network.TenantHosts;
import dev.muster.domain.credential.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobApiTest {
  private static final Secret TOKEN = Secret.of("mst_job_0123456789");
  private static final String JSON = "application/json";

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final CountDownLatch never = new CountDownLatch(1);
  private HttpServer server;
  private JobApi api;
  private String type = JSON;
  private byte[] body = "{\"id\": 1}".getBytes(UTF_8);
  private int status = 200;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          seen.add(
              "%s %s %s"
                  .formatted(
                      exchange.getRequestMethod(),
                      exchange.getRequestURI(),
                      exchange.getRequestHeaders().getFirst("Authorization")));
          exchange.getRequestBody().readAllBytes();
          if (exchange.getRequestURI().getPath().endsWith("/slow")) {
            try {
              never.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          exchange.getResponseHeaders().add("Content-Type", type);
          exchange.getResponseHeaders().add("Location", "/api/v1/elsewhere");
          exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    api = new JobApi(HttpClient::newHttpClient, new TenantHosts(url, Optional.empty()));
  }

  @AfterEach
  void stop() {
    never.countDown();
    server.stop(0);
  }

  @Test
  void a_call_goes_to_the_server_with_the_jobs_own_token() throws Exception {
    Answer answer = call("GET", "/api/v1/jobs/7/logs?limit=5&after=a%2Fb");

    assertThat(answer).isEqualTo(new Answer.Said(200, Json.MAPPER.readTree("{\"id\": 1}")));
    assertThat(seen)
        .containsExactly("GET /api/v1/jobs/7/logs?limit=5&after=a%2Fb Bearer mst_job_0123456789");
  }

  @Test
  void what_the_server_refuses_the_caller_hears_in_its_words() throws Exception {
    status = 403;
    type = "application/problem+json; charset=utf-8";

    assertThat(call("DELETE", "/api/v1/jobs/7")).isInstanceOf(Answer.Said.class);
    status = 204;
    body = new byte[0];
    assertThat(call("PATCH", "/api/v1/jobs/7")).isInstanceOf(Answer.Said.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/api/v1",
        "/api/v1/",
        "/api/v1//jobs",
        "/api/v1/jobs/",
        "/api/v2/jobs",
        "/metrics",
        "api/v1/jobs",
        "//evil.example/api/v1/jobs",
        "http://evil.example/api/v1/jobs",
        "https://evil.example/api/v1/jobs",
        "@evil.example/api/v1/jobs",
        ":80/api/v1/jobs",
        "/api/v1/../../metrics",
        "/api/v1/jobs/..",
        "/api/v1/jobs/.",
        "/api/v1/jobs/../../../metrics",
        "/api/v1/./jobs",
        "/api/v1/%2e%2e/%2e%2e/metrics",
        "/api/v1/jobs%2f..%2fx",
        "/api/v1/..;/metrics",
        "/api/v1/jobs\\..\\x",
        "/api/v1/jobs#x",
        "/api/v1/jobs/x y",
        "/api/v1/jobs\r\nX-Other: 1",
        "/api/v1/jobs?a=\r\nX-Other: 1",
        "/api/v1/jobs?a#b",
        "/api/v1/jöbs",
        "\u0000/api/v1/jobs",
        " /api/v1/jobs",
        "/api/v1/jobs\n"
      })
  void what_is_no_path_below_the_interface_is_never_sent(String target) throws Exception {
    assertThat(call("GET", target)).isEqualTo(new Answer.NotAllowed());
    assertThat(seen).isEmpty();
  }

  @Test
  void a_method_that_is_none_or_a_path_without_end_is_never_sent() throws Exception {
    assertThat(call("TRACE", "/api/v1/jobs")).isEqualTo(new Answer.NotAllowed());
    assertThat(call("get", "/api/v1/jobs")).isEqualTo(new Answer.NotAllowed());
    assertThat(call("GET", "/api/v1/" + "x".repeat(2_000))).isEqualTo(new Answer.NotAllowed());
    assertThat(seen).isEmpty();
  }

  @Test
  void a_redirect_is_not_followed_and_an_answer_that_is_not_musters_is_none() throws Exception {
    status = 302;
    body = new byte[0];
    assertThat(call("GET", "/api/v1/jobs")).isInstanceOf(Answer.Silence.class);
    assertThat(seen).hasSize(1);

    status = 200;
    type = "text/html";
    body = "<h1>log in</h1>".getBytes(UTF_8);
    assertThat(call("GET", "/api/v1/jobs")).isInstanceOf(Answer.Silence.class);
    type = JSON;
    assertThat(call("GET", "/api/v1/jobs")).isInstanceOf(Answer.Silence.class);
  }

  @Test
  void an_answer_larger_than_a_mebibyte_is_not_taken() throws Exception {
    body = ("\"" + "x".repeat(1 << 20) + "\"").getBytes(UTF_8);

    assertThat(call("GET", "/api/v1/jobs")).isEqualTo(new Answer.TooLarge());
  }

  @Test
  void an_answer_is_not_awaited_for_longer_than_was_said() throws Exception {
    assertThat(call("GET", "/api/v1/slow", Duration.ofMillis(50)))
        .isEqualTo(new Answer.Silence("no answer in time"));
    assertThat(call("GET", "/api/v1/jobs", Duration.ZERO))
        .isEqualTo(new Answer.Silence("the time is up"));
  }

  @Test
  void a_call_can_be_ended() throws Exception {
    JobApi.Exchange exchange =
        api.open(
            new JobApi.Call("acme", "GET", "/api/v1/slow", null, TOKEN, Duration.ofMinutes(1)));
    exchange.end();

    assertThat(exchange.await()).isEqualTo(new Answer.Silence("the call was ended"));
  }

  @Test
  void a_server_that_is_away_has_not_answered() throws Exception {
    server.stop(0);

    assertThat(call("GET", "/api/v1/jobs")).isInstanceOf(Answer.Silence.class);
  }

  @Test
  void with_a_suffix_a_call_goes_to_the_tenants_host_and_to_nobody_elses() throws Exception {
    InetSocketAddress all = server.getAddress();
    URI url = URI.create("http://muster.test:" + all.getPort());
    try (HttpClient leading = HttpClient.newBuilder().proxy(ProxySelector.of(all)).build()) {
      api = new JobApi(() -> leading, new TenantHosts(url, Optional.of(".muster.test")));

      assertThat(call("GET", "/api/v1/jobs/7")).isInstanceOf(Answer.Said.class);
      assertThat(callOf("evil.example/", "/api/v1/jobs/7")).isEqualTo(new Answer.NoHost());
      assertThat(seen)
          .containsExactly(
              "GET http://acme.muster.test:%d/api/v1/jobs/7 Bearer mst_job_0123456789"
                  .formatted(all.getPort()));
    }
  }

  private Answer callOf(String slug, String target) throws InterruptedException {
    return api.open(new JobApi.Call(slug, "GET", target, null, TOKEN, Duration.ofSeconds(30)))
        .await();
  }

  private Answer call(String method, String target) throws InterruptedException {
    return call(method, target, Duration.ofSeconds(30));
  }

  private Answer call(String method, String target, Duration patience) throws InterruptedException {
    return api.open(new JobApi.Call("acme", method, target, null, TOKEN, patience)).await();
  }
}
