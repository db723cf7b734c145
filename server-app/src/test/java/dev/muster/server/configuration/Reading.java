package dev.muster.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A reading in the making. */
final class Reading {
  static final String HEX = "00112233445566778899aabbccddeeff".repeat(2);

  private final Path folder;
  private final Map<String, String> flags = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();

  private Reading(Path folder) {
    this.folder = folder;
  }

  /** Nothing is set. */
  static Reading bare(Path folder) {
    return new Reading(folder);
  }

  /** The least that is needed. */
  static Reading embedded(Path folder) {
    return bare(folder).variable("MUSTER_EMBEDDED_DB", "db");
  }

  /** The least that an external database needs. */
  static Reading external(Path folder) {
    return bare(folder)
        .variable("MUSTER_DB_URL", "jdbc:postgresql://db.example:5432/muster")
        .variable("MUSTER_DB_USER", "muster")
        .variable("MUSTER_MASTER_KEY", HEX);
  }

  Reading variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Reading flag(String name, String value) {
    flags.put(name, value);
    return this;
  }

  Reading yaml(String text) {
    return file(ConfigurationFile.USUAL, text);
  }

  Reading file(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
      return this;
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  ConfigurationOutcome outcome(Purpose purpose) {
    return ConfigurationReading.read(purpose, new Sources(flags, environment, folder));
  }

  ServerConfiguration valid() {
    return valid(Purpose.SERVE);
  }

  ServerConfiguration valid(Purpose purpose) {
    assertThat(outcome(purpose)).isInstanceOf(ConfigurationOutcome.Valid.class);
    return ((ConfigurationOutcome.Valid) outcome(purpose)).configuration();
  }

  /** Each as {@code place: message}. */
  List<String> problems() {
    assertThat(outcome(Purpose.SERVE)).isInstanceOf(ConfigurationOutcome.Invalid.class);
    return ((ConfigurationOutcome.Invalid) outcome(Purpose.SERVE))
        .problems().stream().map(Problem::toString).toList();
  }

  /** The only one. */
  String problem() {
    assertThat(problems()).hasSize(1);
    return problems().getFirst();
  }
}
