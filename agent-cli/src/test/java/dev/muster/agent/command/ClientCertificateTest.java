package dev.muster.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.PrivateAuthority;
import dev.muster.agent.fake.Answer;
import dev.muster.agent.fake.Awaiting;
import dev.muster.agent.fake.FakeServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A server that lets in only those who show a certificate of its authority's. */
class ClientCertificateTest {
  private static final String JOB = "018f0000-0000-7000-8000-000000000001";

  @TempDir private static Path keys;
  private static PrivateAuthority authority;

  @TempDir private Path folder;
  private FakeServer server;
  private Program program;

  @BeforeAll
  static void makeCertificates() throws Exception {
    authority = new PrivateAuthority(keys);
    authority.makeClient("ec", "EC", "ca", "-0d");
    authority.makeClient("rsa", "RSA", "ca", "-0d");
    authority.makeClient("ended", "EC", "ca", "-5d");
    authority.makeClient("later", "EC", "ca", "+2d");
    authority.makeClient("stranger", "EC", "stranger", "-0d");
  }

  @BeforeEach
  void start() throws Exception {
    start("TLSv1.3", "TLSv1.2");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"ec,TLSv1.3", "rsa,TLSv1.3", "ec,TLSv1.2", "rsa,TLSv1.2"})
  void a_server_that_asks_for_a_certificate_is_shown_it(String name, String protocol)
      throws Exception {
    server.close();
    start(protocol);
    use(name, name);

    assertThat(program.execute("check")).as(program.out()).isZero();

    assertThat(program.out())
        .containsPattern("certificate +warning +CN=" + name + ", until ")
        .containsPattern("tls +\\w+ +" + protocol)
        .containsPattern("credential +ok");
    assertThat(server.certificates()).isNotEmpty().containsOnly("CN=" + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void without_one_check_says_what_is_missing(String protocol) throws Exception {
    server.close();
    start(protocol);

    assertThat(program.execute("check")).isEqualTo(ExitCode.SERVER_UNTRUSTED.number());
    assertThat(program.out()).containsPattern("tls +failed .*tls.client-cert");
    assertThat(server.seen("readyz")).isEmpty();
  }

  @Test
  void without_one_an_agent_does_not_start() {
    assertThat(program.execute("run")).isEqualTo(ExitCode.SERVER_UNTRUSTED.number());
    assertThat(program.err()).contains("tls.client-cert");
    assertThat(server.seen("heartbeat")).isEmpty();
  }

  @Test
  void one_of_another_authority_is_told_apart() {
    use("stranger", "stranger");

    assertThat(program.execute("check")).isEqualTo(ExitCode.SERVER_UNTRUSTED.number());
    assertThat(program.out()).containsPattern("tls +failed .*does not accept this agent's");
  }

  @ParameterizedTest
  @CsvSource({"ended,ended at", "later,begins at"})
  void one_that_is_out_of_its_time_is_told_by_check_and_at_start(String name, String said)
      throws Exception {
    use(name, name);

    assertThat(program.execute("check")).isEqualTo(ExitCode.CONFIGURATION.number());
    assertThat(program.out()).containsPattern("certificate +failed +CN=" + name + " " + said);
    try (Program.Running agent = program.start()) {
      Awaiting.until(
          "a word about it", () -> agent.log().contains("standing=FAILED is=\"CN=" + name));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ec,rsa,tls.client-key,no key of the certificate's kind",
    "ec,stranger,tls.client-key,is not the key of the certificate",
    "ec,none,tls.client-key,cannot be read",
    "none,ec,tls.client-cert,cannot be read",
    "key-as-certificate,ec,tls.client-cert,certificate",
    "ec,certificate-as-key,tls.client-key,no private key in PEM",
    "ec,old-form,tls.client-key,openssl pkcs8",
  })
  void what_does_not_go_together_is_refused_at_start(
      String certificate, String key, String setting, String why) throws Exception {
    Files.copy(keys.resolve("ec.key"), folder.resolve("key-as-certificate.crt"));
    Files.copy(keys.resolve("ec.crt"), folder.resolve("certificate-as-key.key"));
    Files.writeString(
        folder.resolve("old-form.key"),
        Files.readString(keys.resolve("ec.key")).replace("PRIVATE", "EC PRIVATE"));
    use(certificate, key);
    for (String each : new String[] {"certificate-as-key", "old-form"}) {
      Files.setPosixFilePermissions(
          folder.resolve(each + ".key"), PosixFilePermissions.fromString("rw-------"));
    }

    for (String command : new String[] {"run", "check"}) {
      assertThat(program.execute(command)).isEqualTo(ExitCode.CONFIGURATION.number());
    }
    assertThat(program.err().lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains(setting + ": ").contains(why));
  }

  @Test
  void a_key_that_others_can_read_is_refused() throws Exception {
    Path key = Files.copy(keys.resolve("ec.key"), folder.resolve("ec.key"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    program
        .with("MUSTER_CLIENT_CERT", keys.resolve("ec.crt").toString())
        .with("MUSTER_CLIENT_KEY", key.toString());

    assertThat(program.execute("run")).isEqualTo(ExitCode.CONFIGURATION.number());
    assertThat(program.err()).contains("tls.client-key: ").contains("run chmod 600 " + key);
  }

  @Test
  void certificate_and_key_are_given_together() {
    program.with("MUSTER_CLIENT_CERT", keys.resolve("ec.crt").toString());

    assertThat(program.execute("check")).isEqualTo(ExitCode.CONFIGURATION.number());
    assertThat(program.err()).contains("tls.client-key: is missing");
  }

  @Test
  void a_renewed_certificate_is_used_without_a_restart_and_a_half_renewed_one_is_not()
      throws Exception {
    replace("ec", ".crt");
    replace("ec", ".key");
    program
        .with("MUSTER_CLIENT_CERT", folder.resolve("own.crt").toString())
        .with("MUSTER_CLIENT_KEY", folder.resolve("own.key").toString());
    try (Program.Running agent = program.start()) {
      server.awaitCall("claim", body -> true);
      replace("rsa", ".crt");
      Awaiting.until(
          "a word about it", () -> agent.log().contains("event=client_certificate_refused"));
      int before = server.certificates().size();
      Awaiting.until("another call", () -> server.certificates().size() > before);
      assertThat(server.certificates()).containsOnly("CN=ec");

      replace("rsa", ".key");
      Awaiting.until("the new one", () -> server.certificates().contains("CN=rsa"));

      assertThat(agent.log()).contains("event=client_certificate_renewed");
      int then = server.certificates().size();
      Awaiting.until("another call", () -> server.certificates().size() > then);
      assertThat(server.certificates().getLast()).isEqualTo("CN=rsa");
    }
  }

  @Test
  void the_servers_of_jobs_are_not_shown_it() throws Exception {
    use("ec", "ec");
    try (FakeServer target = new FakeServer(authority.demanding(true, "TLSv1.3"))) {
      String url = target.urlOf("https", "localhost").toString();
      Path file = folder.resolve("agent.yaml");
      Files.writeString(file, "connectors: {http: {hosts: [\"%s\"]}}".formatted(url));
      program.with("MUSTER_AGENT_CONFIG", file.toString());
      server.submit(
          JOB, "{\"connector\": \"http\", \"request\": {\"url\": \"%s/readyz\"}}".formatted(url));
      try (Program.Running agent = program.start()) {
        JsonNode error = server.awaitStatus(JOB, "failed").body().path("error");

        // With TLS 1.3 the refusal comes after the handshake, as an alert or as a connection's end.
        assertThat(error.path("class").asString()).isIn("http_tls", "http_unreachable");
        assertThat(target.seen("readyz")).isEmpty();
        assertThat(server.certificates()).containsOnly("CN=ec");
        assertThat(agent.isAlive()).isTrue();
      }
    }
  }

  private void replace(String name, String ending) throws Exception {
    Path temporary = folder.resolve("new" + ending);
    Files.copy(keys.resolve(name + ending), temporary, StandardCopyOption.COPY_ATTRIBUTES);
    Files.move(temporary, folder.resolve("own" + ending), StandardCopyOption.REPLACE_EXISTING);
  }

  private void start(String... protocols) throws Exception {
    server = new FakeServer(authority.demanding(true, protocols));
    server.always(
        "readyz", new Answer.Sent(200, "application/json", "{\"status\": \"ready\"}", Map.of()));
    program =
        new Program(folder)
            .with("BACKEND_URL", server.urlOf("https", "localhost").toString())
            .with("MUSTER_CA_FILE", authority.certificate().toString())
            .with("AGENT_TOKEN", "agent_" + "0".repeat(64));
  }

  private void use(String certificate, String key) {
    program
        .with("MUSTER_CLIENT_CERT", place(certificate + ".crt").toString())
        .with("MUSTER_CLIENT_KEY", place(key + ".key").toString());
  }

  private Path place(String name) {
    Path own = folder.resolve(name);
    return Files.exists(own) ? own : keys.resolve(name);
  }
}
