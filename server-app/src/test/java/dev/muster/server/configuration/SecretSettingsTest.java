package dev.muster.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.credential.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SecretSettingsTest {
  private static final String FIRST = "the-first-token-of-32-characters-";
  private static final String SECOND = "the-second-token-of-32-characters";

  @TempDir Path folder;

  @Test
  void a_secret_may_come_from_a_file_by_each_of_the_three_sources() {
    Reading reading =
        Reading.embedded(folder).file("first", FIRST + "\n").file("second", SECOND + "\r\n");

    reading.yaml("admin-token-file: first");
    assertThat(token(reading)).contains(Secret.of(FIRST));
    reading.variable("MUSTER_ADMIN_TOKEN_FILE", "second");
    assertThat(token(reading)).contains(Secret.of(SECOND));
    reading.flag("--admin-token-file", "first");
    assertThat(token(reading)).contains(Secret.of(FIRST));
  }

  @Test
  void a_stronger_source_wins_in_either_form() {
    Reading reading = Reading.embedded(folder).file("second", SECOND);

    reading.yaml("admin-token-file: missing").variable("MUSTER_ADMIN_TOKEN", FIRST);
    assertThat(token(reading)).contains(Secret.of(FIRST));
    assertThat(token(reading.flag("--admin-token-file", "second"))).contains(Secret.of(SECOND));
  }

  @Test
  void both_forms_in_one_source_are_one_too_many() {
    assertThat(
            Reading.embedded(folder)
                .variable("MUSTER_ADMIN_TOKEN", FIRST)
                .variable("MUSTER_ADMIN_TOKEN_FILE", "first")
                .problem())
        .isEqualTo("MUSTER_ADMIN_TOKEN_FILE: and MUSTER_ADMIN_TOKEN: give one of the two");
  }

  @Test
  void a_file_that_is_missing_empty_large_binary_or_a_folder_is_refused() throws Exception {
    Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});
    Reading reading =
        Reading.embedded(folder).file("empty", " \n").file("large", "x".repeat(65 * 1024));

    assertThat(fileProblem(reading, "missing")).endsWith("missing does not exist");
    assertThat(fileProblem(reading, "empty")).endsWith("empty is empty");
    assertThat(fileProblem(reading, "large")).endsWith("is larger than 64 KiB");
    assertThat(fileProblem(reading, "binary")).endsWith("binary is not UTF-8");
    assertThat(fileProblem(reading, ".")).endsWith("is a folder");
  }

  @Test
  void a_key_whose_file_is_missing_is_not_reported_as_not_given_too() {
    Reading reading = Reading.external(folder).variable("MUSTER_MASTER_KEY", "");

    assertThat(reading.variable("MUSTER_MASTER_KEY_FILE", "missing").problem())
        .isEqualTo("MUSTER_MASTER_KEY_FILE: missing does not exist");
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void no_secret_has_a_flag_that_holds_it(Setting setting) {
    boolean looksSecret =
        setting.name().matches(".*(PASSWORD|TOKEN|SECRET|MASTER_KEY|AGENT_KEY|HEADERS)");

    assertThat(setting.isSecret()).isEqualTo(looksSecret);
    assertThat(setting.flag().endsWith("-file")).isEqualTo(looksSecret);
  }

  private static String fileProblem(Reading reading, String file) {
    String problem = reading.variable("MUSTER_ADMIN_TOKEN_FILE", file).problem();
    assertThat(problem).startsWith("MUSTER_ADMIN_TOKEN_FILE: ");
    return problem;
  }

  private static Optional<Secret> token(Reading reading) {
    return reading.valid().access().adminToken();
  }
}
