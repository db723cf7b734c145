package dev.muster.agent.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.muster.agent.PrivateAuthority;
import dev.muster.agent.connector.ConnectorOutcome.Failed;
import dev.muster.agent.connector.Workbench;
import dev.muster.agent.fake.FakeProxy;
import dev.muster.agent.network.DirectHost;
import dev.muster.agent.network.ForwardProxy;
import dev.muster.agent.network.Route;
import dev.muster.domain.credential.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What jobs reach through a proxy, and what the configuration still decides. */
class HttpThroughProxyTest {
  private static final List<String> requests = new CopyOnWriteArrayList<>();
  private static PrivateAuthority authority;
  private static HttpsServer server;
  private static HttpServer plain;

  @TempDir private Path folder;
  private FakeProxy proxy;

  @BeforeAll
  static void startServers(@TempDir Path keys) throws Exception {
    authority = new PrivateAuthority(keys);
    InetSocketAddress any = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
    server = HttpsServer.create(any, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(authority.server()));
    plain = HttpServer.create(any, 0);
    for (HttpServer each : List.of(server, plain)) {
      each.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      each.createContext("/", new TargetAnswers(requests, new CountDownLatch(0), 1));
      each.start();
    }
  }

  @AfterAll
  static void stopServers() {
    server.stop(0);
    plain.stop(0);
  }

  @BeforeEach
  void startProxy() throws Exception {
    proxy = new FakeProxy("agent:p@ss");
  }

  @AfterEach
  void stopProxy() throws Exception {
    requests.clear();
    proxy.close();
  }

  @Test
  void a_server_that_only_the_proxy_can_resolve_is_reached_through_it() throws Exception {
    var result = bench(route("p@ss")).completed(job(target("muster.test")));

    assertThat(result.path("status").asInt()).isEqualTo(200);
    assertThat(proxy.heads())
        .singleElement()
        .asString()
        .startsWith("CONNECT muster.test:" + server.getAddress().getPort())
        .contains("Proxy-Authorization: Basic ")
        .doesNotContain("X-Token");
    assertThat(requests)
        .singleElement()
        .asString()
        .contains("X-token: one")
        .doesNotContainIgnoringCase("Proxy-Authorization");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://other.test:PORT/", "https://muster.test:1/", "https://127.0.0.1:PORT/"})
  void what_is_not_listed_is_refused_before_the_proxy_hears_of_it(String url) throws Exception {
    Failed failed = bench(route("p@ss")).failed(job(url));

    assertThat(failed.errorClass()).isEqualTo("not_allowed_here");
    assertThat(proxy.heads()).isEmpty();
  }

  @Test
  void a_proxy_that_leads_elsewhere_is_caught_by_the_certificate() throws Exception {
    Failed failed = bench(route("p@ss")).failed(job(target("elsewhere.test")));

    assertThat(failed.errorClass()).isEqualTo("http_tls");
    assertThat(failed.message()).contains("another name");
    assertThat(requests).isEmpty();
  }

  @Test
  void a_proxy_that_does_not_know_the_agent_is_named_and_its_page_is_no_result() throws Exception {
    Failed failed = bench(route("wrong-pass")).failed(job(target("muster.test")));

    assertThat(failed.errorClass()).isEqualTo("http_proxy");
    assertThat(failed.message()).contains("407").doesNotContain("wrong-pass");
    assertThat(failed.retryable()).isTrue();
  }

  @Test
  void a_proxy_that_does_not_connect_is_named() throws Exception {
    proxy.refuse(403);

    Failed failed = bench(route("p@ss")).failed(job(target("muster.test")));

    assertThat(failed.errorClass()).isEqualTo("http_proxy");
    assertThat(failed.message()).contains("403");
  }

  @Test
  void plain_http_and_hosts_of_no_proxy_are_reached_without_it() throws Exception {
    Workbench bench = bench(route("p@ss", "localhost"));

    bench.completed(job(target("localhost")));
    bench.completed(job("http://127.0.0.1:" + plain.getAddress().getPort() + "/json"));

    assertThat(proxy.heads()).isEmpty();
    assertThat(requests)
        .hasSize(2)
        .allSatisfy(each -> assertThat(each).doesNotContainIgnoringCase("proxy-authorization"));
  }

  private Route route(String password, String... direct) {
    return new Route(
        Optional.of(ForwardProxy.basic(proxy.url(), "agent", Secret.of(password))),
        List.of(direct).stream().map(each -> DirectHost.parse(each).orElseThrow()).toList());
  }

  private Workbench bench(Route route) throws Exception {
    int port = server.getAddress().getPort();
    return new Workbench(
        folder,
        """
        http:
          hosts: ["https://muster.test:%d", "https://elsewhere.test:%d", "https://localhost:%d",
                  "http://127.0.0.1:%d"]
        """
            .formatted(port, port, port, plain.getAddress().getPort()),
        "{}",
        authority.client(),
        route);
  }

  private static String target(String host) {
    return "https://" + host + ":PORT/json";
  }

  private static String job(String url) {
    return """
    {"connector": "http", "request": {"url": "%s", "headers": {"X-Token": "one"}}}
    """
        .formatted(url.replace("PORT", "" + server.getAddress().getPort()));
  }
}
