package dev.muster.server.command;

import dev.muster.server.configuration.ConfigurationFile;
import dev.muster.server.configuration.ConfigurationOutcome;
import dev.muster.server.configuration.ConfigurationReading;
import dev.muster.server.configuration.Problem;
import dev.muster.server.configuration.Purpose;
import dev.muster.server.configuration.ServerConfiguration;
import dev.muster.server.configuration.Setting;
import dev.muster.server.configuration.Sources;
import dev.muster.server.running.Logging;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that settings can be given by, and the configuration that comes of them. */
final class ConfigurationOptions {
  private ConfigurationOptions() {}

  /** Gives a command one option for each setting. */
  static void addTo(CommandSpec command) {
    command.addOption(option(ConfigurationFile.FLAG, "file to read instead of muster.yaml"));
    Stream.of(Setting.values())
        .forEach(setting -> command.addOption(option(setting.flag(), setting.meaning())));
  }

  private static OptionSpec option(String flag, String meaning) {
    return OptionSpec.builder(flag)
        .type(String.class)
        .paramLabel("VALUE")
        .description(meaning)
        .build();
  }

  /** Reads the configuration, and sets up the log by it. */
  static ServerConfiguration read(CommandSpec command, Purpose purpose) {
    Sources sources = new Sources(flags(command), System.getenv(), Path.of("").toAbsolutePath());
    return switch (ConfigurationReading.read(purpose, sources)) {
      case ConfigurationOutcome.Valid valid -> {
        Logging.configure(valid.configuration().logging());
        yield valid.configuration();
      }
      case ConfigurationOutcome.Invalid invalid ->
          throw new CommandFailedException(
              ExitCode.CONFIGURATION, "the configuration is wrong: " + line(invalid.problems()));
    };
  }

  private static String line(List<Problem> problems) {
    return problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
  }

  private static Map<String, String> flags(CommandSpec command) {
    Map<String, String> flags = new HashMap<>();
    for (OptionSpec option : command.options()) {
      String flag = option.longestName();
      if (command.commandLine().getParseResult().hasMatchedOption(flag)
          && option.getValue() instanceof String value) {
        flags.put(flag, value);
      }
    }
    return flags;
  }
}
