package dev.muster.agent.command;

import dev.muster.agent.configuration.ConfigurationFile;
import dev.muster.agent.configuration.Problems;
import dev.muster.agent.configuration.Setting;
import dev.muster.agent.configuration.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Finds the configuration file, without looking at a command line. */
final class SettingsFile {
  private SettingsFile() {}

  /** Where settings come from that no flag gives. */
  static Sources sources(Map<String, String> environment, Problems problems) {
    return sources(Map.of(), "", environment, problems);
  }

  /**
   * The same beside flags.
   *
   * @param named the file that a flag names; empty for none
   */
  static Sources sources(
      Map<Setting, String> flags,
      String named,
      Map<String, String> environment,
      Problems problems) {
    String path =
        named.isBlank() ? environment.getOrDefault(ConfigurationFile.VARIABLE, "") : named;
    ObjectNode file =
        file(path)
            .map(each -> ConfigurationFile.read(each, problems))
            .orElseGet(ConfigurationFile::empty);
    return new Sources(flags, environment, file);
  }

  private static Optional<Path> file(String named) {
    return named.isBlank()
        ? Optional.of(ConfigurationFile.USUAL).filter(Files::exists)
        : Optional.of(Path.of(named));
  }
}
