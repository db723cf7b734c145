package dev.muster.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationFileTest {
  @TempDir Path folder;

  @Test
  void every_value_may_stand_in_the_file() {
    ServerConfiguration configuration =
        Reading.bare(folder)
            .yaml(
                """
                # A comment.
                embedded-db: data
                http-port: 8443
                audit-reads: true
                trusted-proxies: [10.0.0.0/8, "::1"]
                admin-token: "an-operators-own-token-of-32-chars"
                grpc-port:
                log-format: ''
                """)
            .valid();

    assertThat(configuration.database())
        .isEqualTo(new DatabaseChoice.Embedded(folder.resolve("data")));
    assertThat(configuration.http().port()).isEqualTo(8443);
    assertThat(configuration.http().grpcPort()).isEmpty();
    assertThat(configuration.http().trustedProxies()).hasSize(2);
    assertThat(configuration.access().auditReads()).isTrue();
    assertThat(configuration.access().adminToken()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "---\n", "{}"})
  void an_empty_file_says_nothing(String text) {
    assertThat(Reading.embedded(folder).yaml(text).valid())
        .isEqualTo(Reading.embedded(folder).valid());
  }

  @ParameterizedTest
  @ValueSource(strings = {"- a list", "a text", "42"})
  void what_is_no_mapping_is_refused(String text) {
    assertThat(Reading.embedded(folder).yaml(text).problem())
        .endsWith("muster.yaml: must be a mapping of keys to values");
  }

  @Test
  void what_is_no_yaml_is_refused_by_its_line_without_quoting_it() {
    assertThat(Reading.embedded(folder).yaml("http-port: 1\nadmin-token: \"secret").problem())
        .contains("muster.yaml: is not YAML: line 2")
        .doesNotContain("secret");
  }

  @Test
  void a_key_that_stands_there_twice_is_refused() {
    assertThat(Reading.embedded(folder).yaml("http-port: 1\nhttp-port: 2\n").problem())
        .contains("a key stands there twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http-port: {is: 1}", "http-port: [1, 2]", "http-port: [[a]]"})
  void a_structure_is_no_value(String text) {
    assertThat(Reading.embedded(folder).yaml(text).problem())
        .endsWith("muster.yaml, http-port: must be one value");
  }

  @Test
  void a_secret_of_digits_must_stand_in_quotes_or_would_lose_some() {
    assertThat(
            Reading.embedded(folder)
                .yaml("master-key: " + "1234567890".repeat(6) + "1234")
                .problem())
        .endsWith("muster.yaml, master-key: must stand in quotes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MUSTER_DB_URL: x", "dburl: x", "http: {port: 1}", "db-url-file: x"})
  void an_unknown_key_is_refused(String text) {
    assertThat(Reading.embedded(folder).yaml(text).problem()).endsWith("there is no such key");
  }

  @Test
  void another_file_may_be_named_and_must_then_exist() {
    Reading reading =
        Reading.embedded(folder).yaml("http-port: 1").file("other.yaml", "http-port: 2");

    assertThat(reading.variable("MUSTER_CONFIG", "other.yaml").valid().http().port()).isEqualTo(2);
    assertThat(reading.flag("--config", "missing.yaml").problem())
        .endsWith("missing.yaml: does not exist");
  }

  @Test
  void a_file_of_more_than_a_mebibyte_is_refused() {
    assertThat(Reading.embedded(folder).yaml("#".repeat(1024 * 1024 + 1)).problem())
        .endsWith("muster.yaml: cannot be read: is larger than 1024 KiB");
  }
}
