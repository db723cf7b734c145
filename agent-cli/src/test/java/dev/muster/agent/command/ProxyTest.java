package dev.muster.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import dev.muster.agent.PrivateAuthority;
import dev.muster.agent.fake.Answer;
import dev.muster.agent.fake.Awaiting;
import dev.muster.agent.fake.FakeProxy;
import dev.muster.agent.fake.FakeServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent behind a proxy that asks who it is. The server's name is known to the proxy only. */
class ProxyTest {
  private static final String PASSWORD = "p%40ss:w%2Ford";
  private static final String JOB = "018f0000-0000-7000-8000-000000000001";

  private static PrivateAuthority authority;

  @TempDir private Path folder;
  private FakeServer server;
  private FakeProxy proxy;
  private Program program;

  @BeforeAll
  static void makeCertificates(@TempDir Path keys) throws Exception {
    authority = new PrivateAuthority(keys);
  }

  @BeforeEach
  void start() throws Exception {
    server = new FakeServer(new HttpsConfigurator(authority.server()));
    server.always(
        "readyz", new Answer.Sent(200, "application/json", "{\"status\": \"ready\"}", Map.of()));
    proxy = new FakeProxy("agent:p@ss:w/ord");
    program =
        new Program(folder)
            .with("BACKEND_URL", server.urlOf("https", "muster.test").toString())
            .with("MUSTER_CA_FILE", authority.certificate().toString())
            .with("AGENT_TOKEN", "agent_" + "0".repeat(64))
            .with("HTTPS_PROXY", proxy.urlWith("agent:" + PASSWORD));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    proxy.close();
  }

  @Test
  void check_and_status_go_through_it() {
    assertThat(program.execute("check")).as(program.out()).isZero();
    assertThat(program.out())
        .containsPattern("dns +ok +127\\.0\\.0\\.1")
        .containsPattern("proxy +ok +" + proxy.url() + " takes connections, with a user")
        .containsPattern("server +ok +https://muster.test:\\d+ is ready")
        .containsPattern("tls +\\w+ +TLSv1.3")
        .containsPattern("credential +ok");
    assertThat(program.execute("status")).isZero();
    assertThat(proxy.heads()).isNotEmpty().allMatch(head -> head.startsWith("CONNECT muster.test"));
    assertThat(server.seen("heartbeat"))
        .isNotEmpty()
        .allMatch(each -> !each.headers().containsKey("Proxy-Authorization"));
    assertNothingIsTold();
  }

  @Test
  void check_looks_where_a_tenants_own_host_leads() {
    program.with("TENANT_HOST_SUFFIX", ".muster.test").with("TENANT_SLUG", "acme");

    assertThat(program.execute("check")).as(program.out()).isZero();
    assertThat(program.out())
        .containsPattern("tenant host +ok +https://acme.muster.test:\\d+ is the server");

    // Of no host that the server's certificate is for.
    program.with("TENANT_SLUG", "globex");
    assertThat(program.execute("check")).isEqualTo(ExitCode.SERVER_UNTRUSTED.number());
    assertThat(program.out()).containsPattern("tenant host +failed +.*certificate");

    program.with("TENANT_SLUG", "*");
    assertThat(program.execute("check")).as(program.out()).isZero();
    assertThat(program.out()).containsPattern("tenant host +\\? +a tenant's slug and .muster.test");
  }

  @Test
  void a_script_calls_the_server_at_its_tenants_host_and_the_agent_at_the_servers_own()
      throws Exception {
    Path file =
        Files.writeString(folder.resolve("agent.yaml"), "connectors: {script: {api: true}}");
    program.with("TENANT_HOST_SUFFIX", ".muster.test").with("MUSTER_AGENT_CONFIG", file.toString());
    server.always(
        JOB, new Answer.Sent(200, "application/json", "{\"status\": \"running\"}", Map.of()));
    server.submit(
        JOB,
        "{\"connector\": \"script\", \"source\": \"return api.get('/api/v1/jobs/{job_id}').body\"}");
    try (Program.Running agent = program.start()) {
      assertThat(server.awaitStatus(JOB, "completed").toString()).contains("running");

      assertThat(proxy.heads()).anyMatch(head -> head.startsWith("CONNECT acme.muster.test:"));
      assertThat(proxy.heads()).anyMatch(head -> head.startsWith("CONNECT muster.test:"));
    }
  }

  @Test
  void a_password_that_the_proxy_does_not_accept_is_told_and_not_shown() {
    program.with("HTTPS_PROXY", proxy.urlWith("agent:p%40ss"));

    assertThat(program.execute("check")).isEqualTo(ExitCode.SERVER_UNREACHABLE.number());
    assertThat(program.out())
        .containsPattern("proxy +failed +the proxy does not accept the user and password.*407")
        .containsPattern("server +\\?")
        .containsPattern("credential +\\? +cannot be tried")
        .doesNotContainPattern("proxy +ok");
    assertThat(program.execute("status")).isEqualTo(ExitCode.SERVER_UNREACHABLE.number());
    assertThat(program.out()).contains("cannot be told: the proxy does not accept");
    assertNothingIsTold();
    assertThat(server.seen("heartbeat")).isEmpty();
  }

  @Test
  void a_proxy_that_asks_a_stranger_who_it_is_says_how_to_answer() {
    program.with("HTTPS_PROXY", proxy.url().toString());

    assertThat(program.execute("check")).isEqualTo(ExitCode.SERVER_UNREACHABLE.number());
    assertThat(program.out())
        .containsPattern("proxy +failed +the proxy asks for a user and password.*HTTPS_PROXY=");
  }

  @Test
  void a_proxy_that_leads_nowhere_is_told_from_a_server_that_is_away() {
    proxy.refuse(502);

    assertThat(program.execute("check")).isEqualTo(ExitCode.SERVER_UNREACHABLE.number());
    assertThat(program.out()).containsPattern("proxy +failed +.*it answered 502");
  }

  @Test
  void a_server_named_in_no_proxy_is_reached_without_it() {
    program
        .with("BACKEND_URL", server.urlOf("https", "localhost").toString())
        .with("NO_PROXY", "localhost");

    assertThat(program.execute("check")).as(program.out()).isZero();
    assertThat(program.out()).doesNotContain("proxy");
    assertThat(proxy.heads()).isEmpty();
  }

  @Test
  void an_agent_works_through_it_and_logs_no_password() throws Exception {
    server.submit(JOB, "{\"tool\": \"none\"}");
    try (Program.Running agent = program.start()) {
      server.awaitStatus(JOB, "failed");

      assertThat(agent.log()).contains("event=connected");
      assertNoPassword(agent.log());
    }
  }

  @Test
  void an_agent_that_the_proxy_does_not_let_through_waits_and_says_why() throws Exception {
    program.with("HTTPS_PROXY", proxy.urlWith("agent:p%40ss"));
    try (Program.Running agent = program.start()) {
      Awaiting.until("a second try", () -> agent.log().split("event=not_let_in_yet").length > 2);

      assertThat(agent.log()).contains("the proxy does not accept the user and password", "407");
      assertNoPassword(agent.log());
      assertThat(agent.isAlive()).isTrue();
    }
  }

  private void assertNothingIsTold() {
    assertNoPassword(program.out());
    assertNoPassword(program.err());
    assertThat(program.execute("check", "--help")).isZero();
    assertNoPassword(program.out());
  }

  private static void assertNoPassword(String text) {
    assertThat(text).doesNotContain("p@ss").doesNotContain("p%40").doesNotContain("YWdlbnQ6");
  }
}
