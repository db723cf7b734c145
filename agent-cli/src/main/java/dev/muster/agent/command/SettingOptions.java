package dev.muster.agent.command;

import dev.muster.agent.configuration.ConfigurationFile;
import dev.muster.agent.configuration.Problems;
import dev.muster.agent.configuration.Setting;
import dev.muster.agent.configuration.Sources;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Makes an option of every {@link Setting}, on every command that reads settings. */
final class SettingOptions {
  private static final String FILE = "--config";

  private SettingOptions() {}

  /** A command that reads settings. */
  interface ReadsSettings {}

  static void addTo(CommandLine program) {
    for (CommandLine command : withSubcommands(program)) {
      if (command.getCommandSpec().userObject() instanceof ReadsSettings) {
        add(command.getCommandSpec());
      }
    }
  }

  static List<CommandLine> withSubcommands(CommandLine command) {
    List<CommandLine> all = new ArrayList<>(List.of(command));
    command.getSubcommands().values().forEach(each -> all.addAll(withSubcommands(each)));
    return all;
  }

  /** Where the settings of a command come from. */
  static Sources sources(ParseResult parsed, Map<String, String> environment, Problems problems) {
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      if (parsed.hasMatchedOption(setting.flag())) {
        flags.put(setting, String.valueOf((Object) parsed.matchedOptionValue(setting.flag(), "")));
      }
    }
    return SettingsFile.sources(flags, parsed.matchedOptionValue(FILE, ""), environment, problems);
  }

  private static void add(CommandSpec command) {
    command.addOption(
        OptionSpec.builder(FILE)
            .paramLabel("FILE")
            .type(String.class)
            .description(
                "the configuration file ("
                    + ConfigurationFile.VARIABLE
                    + ", else "
                    + ConfigurationFile.USUAL
                    + " if it is there)")
            .build());
    for (Setting setting : Setting.values()) {
      command.addOption(option(setting));
    }
  }

  private static OptionSpec option(Setting setting) {
    OptionSpec.Builder option =
        OptionSpec.builder(setting.flag())
            .description(setting.meaning() + " (" + setting.variable() + ")");
    return setting.placeholder().isPresent()
        ? option.type(String.class).paramLabel(setting.placeholder().get()).build()
        : option.type(boolean.class).arity("0").build();
  }
}
