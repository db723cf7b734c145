package dev.muster.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.credential.Secret;
import dev.muster.inline.AllowedServer;
import dev.muster.server.configuration.ServerConfiguration.AccessSettings;
import dev.muster.server.configuration.ServerConfiguration.JobSettings;
import dev.muster.server.configuration.ServerConfiguration.LocalMode;
import dev.muster.server.configuration.ServerConfiguration.LogSettings;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationReadingTest {
  private static final String TOKEN = "an-operators-own-token-of-32-chars";

  @TempDir Path folder;

  @Test
  void a_folder_for_the_database_is_enough() {
    assertThat(Reading.embedded(folder).valid())
        .isEqualTo(
            new ServerConfiguration(
                new DatabaseChoice.Embedded(folder.resolve("db")),
                Optional.empty(),
                new HttpSettings(
                    "0.0.0.0", 8080, OptionalInt.of(9090), 20_000, List.of(), 0, Optional.empty()),
                new AccessSettings(Optional.empty(), 600, false, false),
                Optional.empty(),
                new JobSettings(Duration.ofSeconds(60), 10, Duration.ofDays(30)),
                new InlineJobSettings(
                    2, 64, Duration.ofSeconds(60), Duration.ofSeconds(30), 512 * 1024, List.of()),
                new LogSettings(LogSettings.Level.INFO, LogSettings.Format.TEXT),
                Optional.empty(),
                List.of()));
  }

  @Test
  void every_variable_arrives_where_it_belongs() {
    ServerConfiguration all =
        Reading.embedded(folder)
            .variable("MUSTER_HTTP_HOST", "127.0.0.1")
            .variable("MUSTER_HTTP_PORT", "0")
            .variable("MUSTER_ADMIN_TOKEN", TOKEN)
            .variable("MUSTER_MASTER_KEY", "7:" + Reading.HEX + ",1:" + Reading.HEX)
            .variable("LOCAL_MODE", "true")
            .variable("LOCAL_AGENT_KEY", "a-key-for-agents-here")
            .variable("MUSTER_JOB_RETENTION_DAYS", "7")
            .variable("MUSTER_RATE_LIMIT", "1200")
            .variable("MUSTER_MAX_CONNECTIONS", "500")
            .variable("MUSTER_LEASE_SECONDS", "5")
            .variable("MUSTER_FAIRNESS_SLACK", "20")
            .variable("MUSTER_INLINE_SLOTS", "0")
            .variable("MUSTER_INLINE_HEAP_MIB", "32")
            .variable("MUSTER_INLINE_TIME_SECONDS", "5")
            .variable("MUSTER_INLINE_CPU_SECONDS", "4")
            .variable("MUSTER_INLINE_OUTPUT_KIB", "3")
            .variable("MUSTER_INLINE_HTTP_SERVERS", "api.example.com, http://10.0.0.7:8080")
            .variable("MUSTER_AUDIT_READS", "true")
            .variable("MUSTER_LEGACY_REGISTRATION", "true")
            .variable("MUSTER_TRUSTED_PROXIES", "10.0.0.0/8, ::1")
            .variable("MUSTER_TRUSTED_HOPS", "2")
            .variable("MUSTER_PROXY_SECRET", "what-the-proxy-knows")
            .variable("MUSTER_LOG_LEVEL", "debug")
            .variable("MUSTER_LOG_FORMAT", "json")
            .valid();

    assertThat(all.masterKeys()).map(Object::toString).contains("MasterKeys[7, 1]");
    assertThat(all.http())
        .isEqualTo(
            new HttpSettings(
                "127.0.0.1",
                0,
                OptionalInt.of(9090),
                500,
                List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("::1")),
                2,
                Optional.of(Secret.of("what-the-proxy-knows"))));
    assertThat(all.access())
        .isEqualTo(new AccessSettings(Optional.of(Secret.of(TOKEN)), 1200, true, true));
    assertThat(all.local()).contains(new LocalMode(Secret.of("a-key-for-agents-here")));
    assertThat(all.jobs())
        .isEqualTo(new JobSettings(Duration.ofSeconds(5), 20, Duration.ofDays(7)));
    assertThat(all.inlineJobs())
        .isEqualTo(
            new InlineJobSettings(
                0,
                32,
                Duration.ofSeconds(5),
                Duration.ofSeconds(4),
                3 * 1024,
                List.of(
                    AllowedServer.parse("https://api.example.com:443"),
                    AllowedServer.parse("http://10.0.0.7:8080"))));
    assertThat(all.logging())
        .isEqualTo(new LogSettings(LogSettings.Level.DEBUG, LogSettings.Format.JSON));
  }

  @Test
  void settings_about_proxies_that_need_one_another_say_so() {
    assertThat(
            Reading.embedded(folder)
                .variable("MUSTER_TRUSTED_HOPS", "1")
                .variable("MUSTER_PROXY_SECRET", "sixteen-or-more-characters")
                .valid()
                .notices())
        .containsExactly(
            "MUSTER_TRUSTED_HOPS without MUSTER_TRUSTED_PROXIES believes everybody who can reach"
                + " the port about the caller's address",
            "MUSTER_PROXY_SECRET has no effect without MUSTER_TRUSTED_PROXIES");
    assertThat(
            Reading.embedded(folder)
                .variable("MUSTER_TRUSTED_HOPS", "1")
                .variable("MUSTER_TRUSTED_PROXIES", "10.0.0.0/8")
                .variable("MUSTER_PROXY_SECRET", "sixteen-or-more-characters")
                .valid()
                .notices())
        .isEmpty();
  }

  @Test
  void a_flag_is_stronger_than_a_variable_and_that_than_the_file() {
    Reading reading =
        Reading.embedded(folder).yaml("{http-port: 1, rate-limit: 1, log-level: warn}");
    reading.variable("MUSTER_HTTP_PORT", "2").variable("MUSTER_RATE_LIMIT", "2");
    reading.flag("--http-port", "3");

    assertThat(reading.valid().http().port()).isEqualTo(3);
    assertThat(reading.valid().access().requestsPerMinute()).isEqualTo(2);
    assertThat(reading.valid().logging().level()).isEqualTo(LogSettings.Level.WARN);
  }

  @Test
  void every_problem_of_every_source_is_reported_at_once() {
    assertThat(
            Reading.bare(folder)
                .flag("--http-port", "65536")
                .variable("MUSTER_RATE_LIMIT", "many")
                .variable("MUSTER_ADMIN_TOKEN", "short")
                .yaml("{lease-seconds: 0, http-prot: 8080, audit-reads: yes}")
                .problems())
        .containsExactlyInAnyOrder(
            "MUSTER_DB_URL, MUSTER_EMBEDDED_DB: one of the two is needed",
            "--http-port: must be a whole number from 0 to 65535",
            "MUSTER_RATE_LIMIT: must be a whole number from 1 to 10000000",
            "MUSTER_ADMIN_TOKEN: must have from 32 to 512 characters",
            yaml("lease-seconds: must be a whole number from 3 to 3600"),
            yaml("http-prot: there is no such key"),
            yaml("audit-reads: must be true or false"));
  }

  @ParameterizedTest
  @CsvSource({
    "MUSTER_HTTP_PORT, -1",
    "MUSTER_HTTP_PORT, 99999999999999999999",
    "MUSTER_HTTP_HOST, http://localhost",
    "MUSTER_JOB_RETENTION_DAYS, 0",
    "MUSTER_RATE_LIMIT, 0",
    "MUSTER_LEASE_SECONDS, 60s",
    "MUSTER_LEASE_SECONDS, 2",
    "MUSTER_FAIRNESS_SLACK, 1001",
    "MUSTER_INLINE_SLOTS, 65",
    "MUSTER_INLINE_HEAP_MIB, 15",
    "MUSTER_INLINE_HTTP_SERVERS, *.example.com",
    "MUSTER_TRUSTED_HOPS, 17",
    "MUSTER_TRUSTED_PROXIES, proxy.example",
    "MUSTER_PROXY_SECRET, short",
    "MUSTER_MASTER_KEY, a pass phrase",
    "MUSTER_MASTER_KEY, 001122",
    "LOCAL_MODE, 1",
    "MUSTER_AUDIT_READS, TRUE",
    "MUSTER_LOG_LEVEL, all",
    "MUSTER_LOG_FORMAT, xml",
    "MUSTER_ADMIN_TOKEN, thirty-two characters and a space",
    "MUSTER_ADMIN_TOKEN, mst_user_but-no-checksum-that-would-fit"
  })
  void a_wrong_value_is_refused_by_its_name_and_not_shown(String variable, String value) {
    assertThat(Reading.embedded(folder).variable(variable, value).problem())
        .startsWith(variable + ": ")
        .satisfies(text -> {
          if (variable.matches(".*(KEY|TOKEN|SECRET)")) {
            assertThat(text).doesNotContain(value);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MUSTER_TLS_CERT",
        "MUSTER_ADMIN_TOKEN",
        "MUSTER_HTTP_PORT",
        "MUSTER_DB_URL",
        "MUSTER_DB_PASSWORD_FILE"
      })
  void an_empty_variable_counts_as_not_set(String variable) {
    assertThat(Reading.embedded(folder).variable(variable, " ").valid())
        .isEqualTo(Reading.embedded(folder).valid());
  }

  @ParameterizedTest
  @CsvSource({"MUSTER_TLS_CERT, cert.pem", "MUSTER_TLS_KEY, key.pem"})
  void what_this_version_cannot_do_is_refused(String variable, String value) {
    assertThat(Reading.embedded(folder).variable(variable, value).problem())
        .isEqualTo(variable + ": is not supported yet; leave it out");
  }

  @Test
  void grpc_has_a_port_unless_it_is_emptied() {
    assertThat(Reading.embedded(folder).valid().http().grpcPort()).hasValue(9090);
    assertThat(grpcPort("0")).hasValue(0);
    assertThat(grpcPort("")).isEmpty();
    assertThat(grpcPort(" ")).isEmpty();
    assertThat(
            Reading.embedded(folder)
                .yaml("grpc-port: 9091")
                .variable("GRPC_PORT", "")
                .valid()
                .http()
                .grpcPort())
        .isEmpty();
    assertThat(
            Reading.embedded(folder)
                .variable("GRPC_PORT", "")
                .flag("--grpc-port", "9092")
                .valid()
                .http()
                .grpcPort())
        .hasValue(9092);
  }

  private OptionalInt grpcPort(String text) {
    return Reading.embedded(folder).variable("GRPC_PORT", text).valid().http().grpcPort();
  }

  @Test
  void local_mode_needs_a_key_for_its_agents() {
    assertThat(Reading.embedded(folder).variable("LOCAL_MODE", "true").problem())
        .isEqualTo("LOCAL_AGENT_KEY: is needed with LOCAL_MODE=true");
  }

  @Test
  void what_is_set_to_no_effect_is_noted() {
    assertThat(
            Reading.embedded(folder)
                .variable("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318")
                .variable("LOCAL_AGENT_KEY", "a-key-for-agents-here")
                .variable("MUSTER_PROXY_SECRET", "what-the-proxy-knows")
                .valid()
                .notices())
        .hasSize(3)
        .anyMatch(notice -> notice.startsWith("OTEL_EXPORTER_OTLP_ENDPOINT"))
        .anyMatch(notice -> notice.startsWith("LOCAL_AGENT_KEY"))
        .anyMatch(notice -> notice.startsWith("MUSTER_PROXY_SECRET"));
  }

  @Test
  void no_secret_shows_in_the_configuration() {
    var configuration =
        Reading.external(folder)
            .variable("MUSTER_DB_PASSWORD", "the-password-of-it")
            .variable("MUSTER_ADMIN_TOKEN", TOKEN)
            .variable("MUSTER_PROXY_SECRET", "what-the-proxy-knows")
            .variable("LOCAL_MODE", "true")
            .variable("LOCAL_AGENT_KEY", "a-key-for-agents-here")
            .valid();

    assertThat(configuration.toString())
        .contains("***")
        .doesNotContain("the-password-of-it", TOKEN, "what-the-proxy", "a-key-for", "00112233");
  }

  @Test
  void only_connections_from_its_networks_come_from_a_trusted_proxy() {
    HttpSettings http =
        Reading.embedded(folder)
            .variable("MUSTER_TRUSTED_PROXIES", "10.0.0.0/8,::1")
            .valid()
            .http();

    assertThat(http.isTrustedProxy(InetAddress.ofLiteral("10.1.2.3"))).isTrue();
    assertThat(http.isTrustedProxy(InetAddress.ofLiteral("::1"))).isTrue();
    assertThat(http.isTrustedProxy(InetAddress.ofLiteral("11.1.2.3"))).isFalse();
  }

  private String yaml(String problem) {
    return folder.resolve("muster.yaml") + ", " + problem;
  }
}
