package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.credential.PlatformKey;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.enrolment.SharedRegistration.Version2;
import dev.muster.domain.fleet.AgentName;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Client certificates through a real nginx, set up by the file in {@code docs}. */
class NginxIT {
  private static final Path SAMPLE = Path.of("..", "docs", "mtls-nginx.conf");
  private static final String SECRET = "what-nginx-and-muster-know";
  private static final String HEARTBEAT = "/api/v1/platform-agent/heartbeat";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @AutoClose private static final Workshop WORKSHOP = new Workshop();
  private static final Certificates CERTIFICATES = new Certificates(WORKSHOP);
  private static ServerProcess server;
  private static Operator operator;
  private static int https;

  @BeforeAll
  static void start_nginx_before_a_server() throws Exception {
    Programs.find("nginx");
    Programs.find("openssl");
    Programs.find("curl");
    server =
        WORKSHOP.later(
            ServerProcess.start(
                WORKSHOP.file("server.log"),
                List.of(
                    WORKSHOP.later(TestDatabase.open()).environment(),
                    Map.of(
                        "MUSTER_TRUSTED_PROXIES",
                        "127.0.0.2",
                        "MUSTER_TRUSTED_HOPS",
                        "1",
                        "MUSTER_PROXY_SECRET",
                        SECRET))));
    operator = Operator.of(server);
    makeCertificates();
    startNginx();
  }

  @Test
  void an_agent_gets_in_with_its_certificate_only() throws Exception {
    SimulatedAgent agent = operator.agent("with-certificate", 1);
    register(agent, fingerprint("one"));

    assertThat(heartbeat(agent, "one")).contains("\"status\":\"ok\"");
    assertThat(heartbeat(agent, "two")).contains("certificate_required");
    assertThat(heartbeat(agent, "")).contains("certificate_required");
    register(agent, fingerprint("one"), fingerprint("two"));
    assertThat(heartbeat(agent, "two")).contains("\"status\":\"ok\"");
  }

  @Test
  void the_agent_itself_shows_its_certificate_and_takes_up_the_next_one() throws Exception {
    putInPlace("one");
    WORKSHOP.write(
        "itself.yaml",
        "tls: {ca-file: %s, client-cert: %s, client-key: %s}\n"
            .formatted(file("server.crt"), file("own.crt"), file("own.key")));
    String url = "https://localhost:" + https;
    Map<String, String> settings = Map.of("MUSTER_BOOTSTRAP_TOKEN", operator.bootstrapToken(1));
    Map<String, String> environment = AgentProcess.environment(WORKSHOP, "itself", url, Map.of());
    try (AgentProcess agent = AgentProcess.start(WORKSHOP, "itself", url, settings)) {
      SimulatedAgent same = agent.impersonated(operator.api(), agent.awaitOnline(operator));
      register(same, fingerprint("one"));
      AgentProcess.call(WORKSHOP, environment, List.of("check"), "");

      register(same, fingerprint("two"));
      Await.until(
          PATIENCE, "the other to be missed", () -> agent.log().contains("certificate_required"));
      putInPlace("two");
      Await.until(
          PATIENCE, "the next one", () -> agent.log().contains("client_certificate_renewed"));
      AgentProcess.call(WORKSHOP, environment, List.of("check"), "");
    }
  }

  /** As a renewal does it: each file whole, one after the other. */
  private static void putInPlace(String name) throws Exception {
    for (String ending : List.of(".crt", ".key")) {
      Path next = WORKSHOP.file("next" + ending);
      Files.copy(WORKSHOP.file(name + ending), next);
      Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
      Files.move(next, WORKSHOP.file("own" + ending), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Test
  void a_certificate_that_the_ca_did_not_sign_is_not_passed_on() throws Exception {
    SimulatedAgent agent = operator.agent("self-signed", 1);
    register(agent, fingerprint("stranger"));

    assertThat(heartbeat(agent, "stranger")).doesNotContain("\"status\":\"ok\"");
  }

  @Test
  void what_a_client_says_of_its_certificate_is_taken_away_by_nginx() throws Exception {
    SimulatedAgent agent = operator.agent("pretending", 1);
    register(agent, fingerprint("one"));

    assertThat(
            heartbeat(
                agent,
                "two",
                "X-Client-Cert-Fingerprint: " + fingerprint("one"),
                "X-Proxy-Secret: " + SECRET))
        .contains("certificate_required");
  }

  @Test
  void whoever_goes_around_nginx_is_believed_nothing() throws Exception {
    SimulatedAgent agent = operator.agent("going-around", 1);
    register(agent, fingerprint("one"));

    assertThat(
            curl(
                server.url() + HEARTBEAT,
                agent,
                "X-Client-Cert-Fingerprint: " + fingerprint("one"),
                "X-Proxy-Secret: " + SECRET,
                "X-Forwarded-For: 203.0.113.9"))
        .contains("certificate_required");
    assertThat(denials(agent))
        .extracting(entry -> entry.path("address").asString())
        .containsOnly("127.0.0.1");
  }

  @Test
  void a_denial_is_audited_with_the_address_that_nginx_saw() throws Exception {
    SimulatedAgent agent = operator.agent("denied", 1);
    register(agent, fingerprint("one"));

    heartbeat(agent, "two", "X-Forwarded-For: 198.51.100.7");

    assertThat(denials(agent))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.path("outcome").asString()).isEqualTo("refused");
          assertThat(entry.path("address").asString()).isEqualTo("127.0.0.1");
          assertThat(entry.path("after").toString()).contains("certificate_required");
        });
  }

  @Test
  void a_tenants_certificates_are_asked_of_its_people_too() throws Exception {
    Customer acme = operator.customer("mutual", "pro", "shared");
    operator
        .api()
        .call(
            "PATCH",
            "/api/v1/admin/tenants/mutual",
            "{\"certificate_fingerprints\": [\"%s\"]}".formatted(fingerprint("one")))
        .expect(200);
    String jobs = "https://localhost:" + https + "/api/v1/platform-jobs";

    assertThat(Programs.run(curl(jobs, "one", acme.api().token(), null))).contains("\"items\"");
    assertThat(Programs.run(curl(jobs, "two", acme.api().token(), null)))
        .contains("certificate_required");
  }

  @Test
  void a_signed_host_comes_through_nginx_as_it_was_signed() throws Exception {
    String issued =
        operator
            .api()
            .post("/api/v1/admin/shared-agent-pool", "{}")
            .expect(201)
            .path("platform_key")
            .asString();
    PlatformKey key = PlatformKey.parse(Secret.of(issued)).orElseThrow();
    String here = "LocalHost:" + https;

    assertThat(registered(key, here, here)).contains("\"token\"");
    assertThat(registered(key, "localhost", here)).contains("\"unauthenticated\"");
    assertThat(registered(key, "localhost:443", here)).contains("\"unauthenticated\"");
  }

  /**
   * What a registration of the second version says that was signed for one host, sent to another.
   */
  private static String registered(PlatformKey key, String signedFor, String sentTo)
      throws Exception {
    AgentName name = new AgentName("behind-nginx");
    long now = Instant.now().getEpochSecond();
    String nonce = Base64.getUrlEncoder().withoutPadding().encodeToString(SecureRandom.getSeed(16));
    String body = "{\"max_concurrent\": 2}";
    String hash = PlatformKey.sha256(body.getBytes(StandardCharsets.UTF_8));
    Secret signature = key.sign(Version2.text(key.id(), signedFor, name, now, nonce, hash));
    return Programs.run(
        curl(
            "https://localhost:" + https + "/api/agent/v1/register",
            "",
            null,
            body,
            "Host: " + sentTo,
            "X-Signature-Key-Id: " + key.id(),
            "X-Agent-Name: " + name,
            "X-Signature-Timestamp: " + now,
            "X-Signature-Nonce: " + nonce,
            "X-Signature: " + signature.reveal()));
  }

  private static List<JsonNode> denials(SimulatedAgent agent) throws Exception {
    return operator.api().all("/api/v1/admin/audit-events?action=agent.heartbeat").stream()
        .filter(entry -> entry.toString().contains(agent.id()))
        .toList();
  }

  private static void register(SimulatedAgent agent, String... fingerprints) throws Exception {
    operator
        .api()
        .call(
            "PUT",
            "/api/v1/agents/" + agent.id() + "/certificate-fingerprints",
            "{\"certificate_fingerprints\": [\"%s\"]}"
                .formatted(String.join("\", \"", fingerprints)))
        .expect(200);
  }

  private static String heartbeat(SimulatedAgent agent, String certificate, String... headers)
      throws Exception {
    return Programs.run(
        curl(
            "https://localhost:" + https + HEARTBEAT,
            certificate,
            agent.api().token(),
            "{}",
            headers));
  }

  private static String curl(String url, SimulatedAgent agent, String... headers) throws Exception {
    return Programs.run(curl(url, "", agent.api().token(), "{}", headers));
  }

  private static List<String> curl(
      String url, String certificate, String token, String body, String... headers)
      throws IOException {
    List<String> command =
        new ArrayList<>(List.of("curl", "-sS", "--cacert", file("server.crt"), url));
    if (!certificate.isEmpty()) {
      command.addAll(List.of("--cert", file(certificate + ".crt")));
      command.addAll(List.of("--key", file(certificate + ".key")));
    }
    if (body != null) {
      command.addAll(List.of("-H", "Content-Type: application/json", "-d", body));
    }
    if (token != null) {
      // Not as an argument, as everybody should.
      Path config =
          WORKSHOP.write(
              "curl-" + System.nanoTime(), "header = \"Authorization: Bearer " + token + "\"\n");
      command.addAll(List.of("-K", config.toString()));
    }
    for (String header : headers) {
      command.addAll(List.of("-H", header));
    }
    return command;
  }

  private static String fingerprint(String certificate) throws Exception {
    return CERTIFICATES.fingerprint(certificate);
  }

  private static void makeCertificates() throws Exception {
    CERTIFICATES.selfSigned("ca", "/CN=agents");
    CERTIFICATES.selfSigned("server", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost");
    CERTIFICATES.selfSigned("stranger", "/CN=one");
    CERTIFICATES.signed("one", "ca");
    CERTIFICATES.signed("two", "ca");
  }

  /** With the file from the documents; only ports and places are those of the test. */
  private static void startNginx() throws Exception {
    try (ServerSocket free = new ServerSocket(0)) {
      https = free.getLocalPort();
    }
    WORKSHOP.write(
        "proxy-secret.conf", "proxy_set_header X-Proxy-Secret \"%s\";\n".formatted(SECRET));
    String site =
        Files.readString(SAMPLE)
            .replace("server 127.0.0.1:8080", "server 127.0.0.1:" + server.port())
            .replace("listen 443 ssl", "listen 127.0.0.1:" + https + " ssl")
            .replace("proxy_pass http://muster;", "proxy_pass http://muster; proxy_bind 127.0.0.2;")
            .replace("/etc/nginx/muster/agents-ca.crt", file("ca.crt"))
            .replace("/etc/nginx/muster/", WORKSHOP.file("") + "/");
    WORKSHOP.write("site.conf", site);
    Path configuration =
        WORKSHOP.write(
            "nginx.conf",
            """
            daemon off;
            pid @/nginx.pid;
            error_log @/nginx.log;
            events {}
            http {
              access_log off;
              client_body_temp_path @/body;
              proxy_temp_path @/proxy;
              fastcgi_temp_path @/fastcgi;
              uwsgi_temp_path @/uwsgi;
              scgi_temp_path @/scgi;
              include @/site.conf;
            }
            """
                .replace("@", WORKSHOP.file("").toString()));
    Process nginx =
        new ProcessBuilder("nginx", "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(WORKSHOP.file("nginx.out").toFile())
            .start();
    WORKSHOP.later(() -> {
      nginx.destroy();
      nginx.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    });
    Await.until(PATIENCE, "nginx to listen", () -> Programs.run(healthz()).contains("ok"));
  }

  private static List<String> healthz() {
    String url = "https://localhost:" + https + "/healthz";
    return List.of("curl", "-sS", "--cacert", file("server.crt"), url);
  }

  private static String file(String name) {
    return WORKSHOP.file(name).toString();
  }
}
