package dev.muster.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.PrivateAuthority;
import dev.muster.agent.fake.Answer;
import dev.muster.agent.fake.Awaiting;
import dev.muster.agent.fake.Babbler;
import dev.muster.agent.fake.FakeServer;
import dev.muster.agent.fake.Strangers;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that are none of Muster's, speak other versions of TLS, or have other addresses. */
class StrangeServerTest {
  private static final Answer READY =
      new Answer.Sent(200, "application/json", "{\"status\": \"ready\"}", Map.of());

  /** A hello of TLS 1.1, with one of its ciphers. */
  private static final String OLD_HELLO =
      "\u0016\u0003\u0002\u0000\u002a\u0002\u0000\u0000\u0026\u0003\u0002"
          + "r".repeat(32)
          + "\u0000\u00c0\u0014\u0000";

  /** What a server says that knows no newer version than that. */
  private static final String OLD_ALERT = "\u0015\u0003\u0002\u0000\u0002\u0002\u0046";

  @TempDir private Path folder;
  private Program program;

  static List<Answer> strangers() {
    return Strangers.all();
  }

  static List<Arguments> babble() {
    String json = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    return List.of(
        Arguments.of("SSH-2.0-OpenSSH_9.2p1 \u001b[31m\r\n", "", "is no HTTP"),
        Arguments.of("\u0001\u0002\u0003\r\n\r\n", "", "is no HTTP"),
        Arguments.of("", "", "does not answer"),
        Arguments.of("", "xxxxxxxx", "does not answer"),
        Arguments.of(json + "\r\n", "xxxxxxxx", "larger than any"),
        Arguments.of(json + "Content-Length: 999999999\r\n\r\n", "xxxxxxxx", "larger than any"),
        Arguments.of(json, "X-Header: xxxxxxxxxxxxxxxxxxxxxxx\r\n", "does not answer"));
  }

  @BeforeEach
  void prepare() {
    program = new Program(folder).with("AGENT_TOKEN", "agent_" + "0".repeat(64));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("strangers")
  void check_says_what_answered_in_the_servers_place(Answer stranger) throws Exception {
    try (FakeServer server = new FakeServer()) {
      server.always("readyz", stranger);
      program.with("BACKEND_URL", server.url().toString());

      assertThat(program.execute("check")).isEqualTo(ExitCode.SERVER_UNREACHABLE.number());
      assertThat(program.out())
          .containsPattern("server +failed .*(not by a Muster server|larger than any of Muster's)")
          .doesNotContain("Please log in", "from=muster");
      assertThat(server.seen("heartbeat")).isEmpty();
    }
  }

  @Test
  void a_login_page_that_sends_on_elsewhere_is_named() throws Exception {
    try (FakeServer server = new FakeServer()) {
      Answer page =
          new Answer.Sent(
              302, "text/html", "", Map.of("Location", "https://login.hotel.example/x"));
      server.always("readyz", page);
      server.always("heartbeat", page);
      program.with("BACKEND_URL", server.url().toString());

      program.execute("check");
      assertThat(program.out())
          .contains("answered 302 with text/html, sending on to login.hotel.example, but not by");
      try (Program.Running agent = program.start()) {
        Awaiting.until("a second try", () -> agent.log().split("login.hotel.example").length > 2);
        assertThat(agent.isAlive()).isTrue();
      }
    }
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("babble")
  void garbage_and_what_never_ends_are_given_up(String first, String again, String said)
      throws Exception {
    try (Babbler server = new Babbler(first, again)) {
      program.with("BACKEND_URL", server.urlOf("http").toString());

      assertThat(program.execute("check")).isEqualTo(ExitCode.SERVER_UNREACHABLE.number());
      assertThat(program.out()).contains(said).doesNotContain("\u001b");
      assertThat(program.execute("status")).isEqualTo(ExitCode.SERVER_UNREACHABLE.number());
    }
  }

  @ParameterizedTest
  @CsvSource({"hello", "alert"})
  void a_server_with_tls_1_1_only_is_refused_and_said_to_be_too_old(String manner)
      throws Exception {
    try (Babbler server = new Babbler(manner.equals("hello") ? OLD_HELLO : OLD_ALERT, "")) {
      program.with("BACKEND_URL", server.urlOf("https").toString());

      assertThat(program.execute("check")).isEqualTo(ExitCode.SERVER_UNTRUSTED.number());
      assertThat(program.out()).containsPattern("tls +failed .*neither TLS 1.2 nor TLS 1.3");
      assertThat(program.execute("run")).isEqualTo(ExitCode.SERVER_UNTRUSTED.number());
      assertThat(program.err()).contains("neither TLS 1.2 nor TLS 1.3");
    }
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2", "TLSv1.3"})
  void a_server_with_one_of_the_two_is_served_and_one_that_is_not_trusted_is_not(String protocol)
      throws Exception {
    PrivateAuthority authority = new PrivateAuthority(folder);
    try (FakeServer server = new FakeServer(authority.demanding(false, protocol))) {
      server.always("readyz", READY);
      program
          .with("BACKEND_URL", server.urlOf("https", "localhost").toString())
          .with("MUSTER_CA_FILE", authority.certificate().toString());

      assertThat(program.execute("check")).as(program.out()).isZero();
      assertThat(program.out()).containsPattern("tls +\\w+ +" + protocol);
      try (Program.Running agent = program.start()) {
        server.awaitCall("claim", body -> true);
        assertThat(agent.isAlive()).isTrue();
      }

      program.with("MUSTER_CA_FILE", "");
      assertThat(program.execute("check")).isEqualTo(ExitCode.SERVER_UNTRUSTED.number());
      assertThat(program.out()).containsPattern("tls +failed .*tls.ca-file");
    }
  }

  @Test
  void a_server_on_ipv6_is_checked_and_served() throws Exception {
    try (FakeServer server = new FakeServer(ipv6())) {
      server.always("readyz", READY);
      program.with("BACKEND_URL", server.url().toString());

      assertThat(server.url().toString()).startsWith("http://[::1]:");
      assertThat(program.execute("check")).as(program.out()).isZero();
      assertThat(program.out()).containsPattern("dns +ok +\\[::1\\] is 0:0:0:0:0:0:0:1");
      try (Program.Running agent = program.start()) {
        server.awaitCall("claim", body -> true);
        assertThat(agent.isAlive()).isTrue();
      }
    }
  }

  private static InetAddress ipv6() throws Exception {
    InetAddress loopback = InetAddress.getByName("::1");
    Assumptions.assumeTrue(loopback.isReachable(2_000), "this host has no ::1");
    return loopback;
  }
}
