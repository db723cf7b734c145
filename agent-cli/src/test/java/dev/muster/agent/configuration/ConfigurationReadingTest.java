package dev.muster.agent.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.configuration.Problems.Problem;
import dev.muster.agent.network.ClientFiles;
import dev.muster.agent.network.DirectHost;
import dev.muster.agent.network.ForwardProxy;
import dev.muster.agent.network.GrpcEndpoint;
import dev.muster.agent.network.Route;
import dev.muster.domain.credential.Secret;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class ConfigurationReadingTest {
  private final Problems problems = new Problems();

  @TempDir private Path folder;

  @Test
  void defaults_are_those_of_the_documentation() {
    AgentConfiguration read = read("", Map.of("POD_NAME", "pod-7"), Map.of());

    assertThat(problems.list()).isEmpty();
    assertThat(read.server().url()).isEqualTo(URI.create("http://localhost:8080"));
    assertThat(read.offer())
        .isEqualTo(new Offer("pod-7", "*", "task", List.of(), List.of(), null, 4));
    assertThat(read.times())
        .isEqualTo(
            new Times(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(10)));
    assertThat(read.state()).isEqualTo(Path.of("/var/lib/muster-agent"));
    assertThat(read.vault().file()).isEqualTo(Path.of("/var/lib/muster-agent/agent-vault.json"));
    assertThat(read.agentIdFile()).isEqualTo(Path.of("/var/lib/muster-agent/agent-id"));
    assertThat(read.vault().allowUnbound()).isFalse();
  }

  @Test
  void every_setting_is_read_from_the_file() {
    AgentConfiguration read =
        read(
            """
            server: https://muster.example.com
            state: /srv/agent
            name: scanner-1
            agent-id-file: /srv/id
            tenant: acme
            tenant-host-suffix: .Tenants.example.com
            worker-type: scan
            capabilities: [nuclei, ldap]
            tools: [nmap]
            region: eu-west-1
            max-concurrent: 8
            poll-seconds: 10
            shutdown-grace: 2m
            cancel-grace: 500ms
            vault: /srv/vault.json
            allow-unbound-secrets: true
            tls:
              ca-file: /srv/ca.pem
              client-cert: /srv/agent.crt
              client-key: /srv/agent.key
            https-proxy: http://proxy.example.com:3128
            no-proxy: [.internal, 10.0.0.1]
            connectors:
              exec: {anything: true}
            """,
            Map.of(),
            Map.of());

    assertThat(problems.list()).isEmpty();
    assertThat(read.server())
        .isEqualTo(
            new ServerAddress(
                URI.create("https://muster.example.com"),
                Path.of("/srv/ca.pem"),
                Optional.of(new ClientFiles(Path.of("/srv/agent.crt"), Path.of("/srv/agent.key"))),
                new Route(
                    Optional.of(ForwardProxy.open(URI.create("http://proxy.example.com:3128"))),
                    List.of(new DirectHost("internal", -1, 0), new DirectHost("10.0.0.1", -1, 0))),
                Optional.of(".tenants.example.com")));
    assertThat(read.offer())
        .isEqualTo(
            new Offer(
                "scanner-1",
                "acme",
                "scan",
                List.of("nuclei", "ldap"),
                List.of("nmap"),
                "eu-west-1",
                8));
    assertThat(read.times())
        .isEqualTo(
            new Times(Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofMillis(500)));
    assertThat(read.vault())
        .isEqualTo(new AgentConfiguration.VaultSettings(Path.of("/srv/vault.json"), true));
    assertThat(read.state()).isEqualTo(Path.of("/srv/agent"));
    assertThat(read.agentIdFile()).isEqualTo(Path.of("/srv/id"));
    assertThat(read.connectors().path("exec").path("anything").asBoolean()).isTrue();
  }

  @Test
  void a_flag_beats_the_environment_which_beats_the_file() {
    String file = "max-concurrent: 1\npoll-seconds: 1\nname: from-file";
    AgentConfiguration read =
        read(
            file,
            Map.of("MAX_CONCURRENT", "2", "MUSTER_POLL_SECONDS", "2"),
            Map.of(Setting.MAX_CONCURRENT, "3"));

    assertThat(read.offer().maxConcurrent()).isEqualTo(3);
    assertThat(read.times().poll()).isEqualTo(Duration.ofSeconds(2));
    assertThat(read.offer().name()).isEqualTo("from-file");
  }

  @Test
  void all_problems_are_reported_together_with_their_places() {
    read(
        """
        servr: x
        max-concurrent: 0
        tls: {ca: 1}
        name: [a]
        update: {publisher-keys: [abc], intervall: 1m}
        capabilities: nmap
        """,
        Map.of("AGENT_NAME", "not a name", "TENANT_SLUG", "Acme", "MUSTER_POLL_SECONDS", "61"),
        Map.of(Setting.CANCEL_GRACE, "an hour"));

    assertThat(problems.list())
        .extracting(Problem::path)
        .containsExactlyInAnyOrder(
            "servr",
            "tls.ca",
            "update.publisher-keys",
            "update.intervall",
            "max-concurrent",
            "capabilities",
            "AGENT_NAME",
            "TENANT_SLUG",
            "MUSTER_POLL_SECONDS",
            "--cancel-grace");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://muster.example.com",
        "https://user:word@muster.example.com",
        "https://muster.example.com/path",
        "https://muster.example.com?x=1",
        "ftp://muster.example.com",
        "muster.example.com",
        "http://127.0.0.1.example.com",
        "https://"
      })
  void a_server_address_that_leaks_or_misleads_is_refused(String url) {
    read("", Map.of("AGENT_NAME", "a1", "BACKEND_URL", url), Map.of());

    assertThat(problems.list()).extracting(Problem::path).containsExactly("BACKEND_URL");
    assertThat(problems.list().getFirst().message()).doesNotContain("word");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:1", "http://127.0.0.9", "http://[::1]:8080"})
  void plain_http_to_this_host_is_allowed(String url) {
    read("", Map.of("AGENT_NAME", "a1", "BACKEND_URL", url), Map.of());

    assertThat(problems.list()).isEmpty();
  }

  @Test
  void plain_http_elsewhere_is_allowed_only_in_so_many_words() {
    AgentConfiguration read =
        read(
            "",
            Map.of("AGENT_NAME", "a1", "BACKEND_URL", "http://muster.example.com"),
            Map.of(Setting.ALLOW_PLAIN_HTTP, "true"));

    assertThat(problems.list()).isEmpty();
    assertThat(read.server().url()).isEqualTo(URI.create("http://muster.example.com"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "muster.example.com",
        ".",
        "..example.com",
        ".example.com.",
        ".example.com:8443",
        ".example.com/",
        ".user@example.com",
        ".-a.com",
        ".exa mple.com",
        ".*.example.com",
        ".[::1]"
      })
  void a_suffix_that_makes_no_host_name_of_a_slug_is_refused(String suffix) {
    Map<String, String> environment =
        Map.of(
            "AGENT_NAME", "a1", "BACKEND_URL", "https://a.example", "TENANT_HOST_SUFFIX", suffix);
    read("", environment, Map.of());

    assertThat(problems.list()).extracting(Problem::path).containsExactly("TENANT_HOST_SUFFIX");
  }

  @Test
  void tenants_hosts_are_others_than_this_one_and_not_spoken_to_in_the_clear() {
    Map<String, String> environment =
        Map.of("AGENT_NAME", "a1", "TENANT_HOST_SUFFIX", ".muster.example.com");
    read("", environment, Map.of());
    assertThat(problems.list()).extracting(Problem::path).containsExactly("TENANT_HOST_SUFFIX");

    AgentConfiguration read = read("", environment, Map.of(Setting.ALLOW_PLAIN_HTTP, "true"));
    assertThat(problems.list()).hasSize(1);
    assertThat(read.server().tenantHosts().of("acme"))
        .contains(URI.create("http://acme.muster.example.com:8080"));
  }

  @Test
  void grpc_is_spoken_only_where_it_is_asked_for() {
    assertThat(grpc(Map.of())).isEmpty();
    assertThat(grpc(Map.of("BACKEND_GRPC_ADDR", "muster.example.com:443"))).isEmpty();
    assertThat(grpc(Map.of("TRANSPORT", "grpc")))
        .contains(new GrpcEndpoint("localhost", 9090, false));
    assertThat(problems.list()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Muster.example.com:443, auto, muster.example.com, 443, true",
    "muster.example.com:8443, true, muster.example.com, 8443, true",
    "127.0.0.1:443, false, 127.0.0.1, 443, false",
    "[::1]:9090, auto, [::1], 9090, false",
  })
  void tls_is_on_for_port_443_unless_it_is_said_otherwise(
      String address, String tls, String host, int port, boolean on) {
    assertThat(grpc(Map.of("TRANSPORT", "grpc", "BACKEND_GRPC_ADDR", address, "GRPC_TLS", tls)))
        .contains(new GrpcEndpoint(host, port, on));
    assertThat(problems.list()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "TRANSPORT, carrier-pigeon, transport",
    "GRPC_TLS, perhaps, grpc-tls",
    "BACKEND_GRPC_ADDR, muster.example.com, BACKEND_GRPC_ADDR",
    "BACKEND_GRPC_ADDR, https://muster.example.com:443, BACKEND_GRPC_ADDR",
    "BACKEND_GRPC_ADDR, localhost:99999, BACKEND_GRPC_ADDR",
    "BACKEND_GRPC_ADDR, muster.example.com:9090, BACKEND_GRPC_ADDR",
  })
  void a_credential_goes_over_grpc_to_nobody_by_mistake(
      String variable, String value, String place) {
    Map<String, String> environment = new HashMap<>(Map.of("TRANSPORT", "grpc"));
    environment.put(variable, value);

    grpc(environment);

    assertThat(problems.list()).hasSize(1);
    assertThat(problems.list().getFirst().path()).isIn(variable, place);
  }

  private Optional<GrpcEndpoint> grpc(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("AGENT_NAME", "a1");
    return read("", all, Map.of()).grpc();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: 1\na: 2", "- a", "a: [", "a: !!java.lang.String x", "\t: x"})
  void a_file_that_is_not_a_plain_mapping_is_a_problem(String text) {
    ConfigurationFile.parse(text, "agent.yaml", problems);

    assertThat(problems.isEmpty()).isFalse();
  }

  @Test
  void a_file_that_everyone_can_write_is_refused() throws Exception {
    Path file = Files.writeString(folder.resolve("agent.yaml"), "name: a1");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

    ConfigurationFile.read(file, problems);

    assertThat(problems.list()).extracting(Problem::message).first().asString().contains("chmod");
  }

  @Test
  void a_file_that_is_not_there_is_a_problem() {
    ConfigurationFile.read(folder.resolve("no.yaml"), problems);

    assertThat(problems.list()).extracting(Problem::message).containsExactly("does not exist");
  }

  @Test
  void an_enrolment_secret_comes_from_variable_file_or_standard_input() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "abcdef.0123456789abcdef\n");

    assertThat(secrets(Map.of("MUSTER_BOOTSTRAP_TOKEN", "t1"), Map.of(), "").bootstrapToken())
        .contains(Secret.of("t1"));
    assertThat(
            secrets(Map.of("MUSTER_REGISTRATION_TOKEN_FILE", file.toString()), Map.of(), "")
                .registrationToken())
        .contains(Secret.of("abcdef.0123456789abcdef"));
    assertThat(secrets(Map.of(), Map.of(Setting.LOCAL_KEY_FILE, "-"), "key\n").localKey())
        .contains(Secret.of("key"));
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void two_enrolment_secrets_at_once_are_a_problem() {
    secrets(Map.of("MUSTER_BOOTSTRAP_TOKEN", "a", "LOCAL_AGENT_KEY", "b"), Map.of(), "");

    assertThat(problems.list()).extracting(Problem::path).containsExactly("enrolment");
  }

  @Test
  void a_secret_that_cannot_stand_in_a_header_is_refused_without_being_shown() {
    secrets(Map.of("LOCAL_AGENT_KEY", "top hush\nshush"), Map.of(), "");

    assertThat(problems.list()).hasSize(1);
    assertThat(problems.list().getFirst().toString()).doesNotContain("top").doesNotContain("hush");
  }

  @Test
  void no_setting_takes_a_secret_on_the_command_line() {
    assertThat(Setting.values())
        .filteredOn(each -> each.flag().matches(".*(token|key|secret|password).*"))
        .filteredOn(each -> !each.flag().endsWith("-file"))
        .containsExactly(
            Setting.ALLOW_UNBOUND_SECRETS, Setting.CLIENT_KEY, Setting.UPDATE_PUBLISHER_KEYS);
  }

  private AgentConfiguration read(
      String file, Map<String, String> environment, Map<Setting, String> flags) {
    ObjectNode tree = ConfigurationFile.parse(file, "agent.yaml", problems);
    return ConfigurationReading.read(new Sources(flags, environment, tree), problems);
  }

  private EnrolmentSecrets secrets(
      Map<String, String> environment, Map<Setting, String> flags, String input) {
    InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    Sources sources = new Sources(flags, environment, ConfigurationFile.empty());
    return EnrolmentSecrets.read(sources, in, problems);
  }
}
