package dev.muster.agent.connector.exec;

import dev.muster.agent.connector.ConnectorSettings;
import dev.muster.agent.connector.exec.Tool.ExitCodes;
import dev.muster.agent.connector.exec.Tool.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/** Reads a tool from the configuration. */
final class ToolReader {
  private static final Set<String> RESERVED = Set.of("tool", "connector");
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final int OUTPUT_BYTES = 512 * 1024;
  private static final int MOST_OUTPUT_BYTES = 1024 * 1024;

  private ToolReader() {}

  static Tool read(String name, ConnectorSettings settings) {
    CommandTemplate command = command(settings);
    Map<String, ParameterRule> parameters = parameters(settings);
    Map<String, SecretInlet> secrets = secrets(settings, parameters.keySet());
    Map<String, String> environment = settings.textsByName("environment");
    Optional<ResultFormat> result = result(settings);
    checkPlaces(settings, command, environment, parameters, secrets, result);
    return new Tool(
        name,
        command,
        parameters,
        secrets,
        environment,
        settings.texts("pass-environment"),
        new Limits(
            settings.seconds("time-limit-seconds", LONGEST, LONGEST),
            (int) settings.number("output-limit-bytes", OUTPUT_BYTES, 1_024, MOST_OUTPUT_BYTES)),
        new ExitCodes(
            codes(settings, "success-exit-codes", Set.of(0)),
            codes(settings, "retry-exit-codes", Set.of())),
        result);
  }

  private static CommandTemplate command(ConnectorSettings settings) {
    List<List<String>> groups = new ArrayList<>();
    JsonNode command = settings.raw("command");
    if (!command.isArray() || command.isEmpty() || !command.get(0).isString()) {
      settings.problem("command", "must be a list that begins with the program");
      return new CommandTemplate(List.of());
    }
    for (JsonNode item : command) {
      List<String> group = new ArrayList<>();
      if (item.isArray()) {
        item.forEach(argument -> group.add(argument.asString("")));
      } else if (item.isValueNode()) {
        group.add(item.asString());
      } else {
        settings.problem("command", "must hold texts, or lists of texts that belong together");
      }
      groups.add(List.copyOf(group));
    }
    if (!CommandTemplate.places(groups.getFirst().getFirst()).isEmpty()) {
      settings.problem("command", "the program itself must not depend on a parameter");
    }
    return new CommandTemplate(List.copyOf(groups));
  }

  private static Map<String, ParameterRule> parameters(ConnectorSettings settings) {
    Map<String, ParameterRule> rules = new LinkedHashMap<>();
    settings
        .children("parameters", "pattern")
        .forEach((name, parameter) -> {
          try (parameter) {
            Optional<String> fallback = parameter.text("default");
            rules.put(
                name,
                new ParameterRule(
                    pattern(parameter),
                    parameter.flag("list", false),
                    parameter.text("join"),
                    parameter.flag("allow-leading-dash", false),
                    fallback,
                    parameter.flag("required", fallback.isEmpty())));
          }
          if (RESERVED.contains(name)) {
            settings.problem("parameters", "no parameter can be called " + name);
          }
        });
    return rules;
  }

  private static Pattern pattern(ConnectorSettings parameter) {
    try {
      Optional<String> pattern = parameter.text("pattern");
      if (pattern.isPresent()) {
        return Pattern.compile(pattern.get());
      }
      parameter.problem("pattern", "is missing");
    } catch (PatternSyntaxException e) {
      parameter.problem("pattern", "is not a regular expression: " + e.getDescription());
    }
    return Pattern.compile("(?!)");
  }

  private static Map<String, SecretInlet> secrets(
      ConnectorSettings settings, Set<String> parameters) {
    Map<String, SecretInlet> inlets = new LinkedHashMap<>();
    settings
        .children("secrets")
        .forEach((name, secret) -> {
          try (secret) {
            inlets.put(name, inlet(secret));
          }
          if (parameters.contains(name) || RESERVED.contains(name)) {
            settings.problem("secrets", name + " is a parameter's name already");
          }
        });
    if (inlets.values().stream().filter(SecretInlet.StandardInput.class::isInstance).count() > 1) {
      settings.problem("secrets", "only one can be given by standard input");
    }
    return inlets;
  }

  private static SecretInlet inlet(ConnectorSettings secret) {
    Optional<String> variable = secret.text("environment");
    boolean input = secret.flag("stdin", false);
    boolean file = secret.flag("file", false);
    if ((variable.isPresent() ? 1 : 0) + (input ? 1 : 0) + (file ? 1 : 0) != 1) {
      secret.problem("environment", "give exactly one of: environment, stdin, file");
    }
    if (variable.isPresent()) {
      return new SecretInlet.Environment(variable.get());
    }
    return input ? new SecretInlet.StandardInput() : new SecretInlet.PrivateFile();
  }

  private static Optional<ResultFormat> result(ConnectorSettings settings) {
    Optional<ConnectorSettings> section = settings.section("result");
    if (section.isEmpty()) {
      return Optional.empty();
    }
    try (ConnectorSettings result = section.get()) {
      String from = result.text("from").orElse("stdout");
      if (!Set.of("stdout", "file").contains(from)) {
        result.problem("from", "must be stdout or file");
      }
      String form = result.text("format").orElse("text");
      if (!Set.of("xml", "json", "json-lines", "text").contains(form)) {
        result.problem("format", "must be xml, json, json-lines or text");
        return Optional.empty();
      }
      String constant = form.toUpperCase(Locale.ROOT).replace('-', '_');
      return Optional.of(
          new ResultFormat(ResultFormat.Form.valueOf(constant), from.equals("file")));
    }
  }

  private static Set<Integer> codes(ConnectorSettings settings, String key, Set<Integer> fallback) {
    JsonNode codes = settings.raw(key);
    if (codes.isMissingNode()) {
      return fallback;
    }
    Set<Integer> numbers = new HashSet<>();
    for (JsonNode code : codes) {
      if (code.isInt() && code.intValue() >= 0 && code.intValue() <= 255) {
        numbers.add(code.intValue());
      } else {
        settings.problem(key, "must hold numbers from 0 to 255");
      }
    }
    if (!codes.isArray()) {
      settings.problem(key, "must be a list");
    }
    return numbers;
  }

  private static void checkPlaces(
      ConnectorSettings settings,
      CommandTemplate command,
      Map<String, String> environment,
      Map<String, ParameterRule> parameters,
      Map<String, SecretInlet> secrets,
      Optional<ResultFormat> result) {
    Set<String> known = new HashSet<>(parameters.keySet());
    known.add("work-folder");
    if (result.filter(ResultFormat::fromFile).isPresent()) {
      known.add("result-file");
    }
    secrets.forEach((name, inlet) -> {
      if (inlet instanceof SecretInlet.PrivateFile) {
        known.add("secret-file:" + name);
      }
    });
    command.places().stream()
        .filter(place -> !known.contains(place))
        .forEach(place -> settings.problem("command", "nothing is called {" + place + "}"));
    environment.values().stream()
        .flatMap(value -> CommandTemplate.places(value).stream())
        .filter(place -> !known.contains(place))
        .forEach(place -> settings.problem("environment", "nothing is called {" + place + "}"));
    for (String name : parameters.keySet()) {
      boolean used =
          command.places().contains(name)
              || environment.values().stream()
                  .anyMatch(value -> CommandTemplate.places(value).contains(name));
      if (!used) {
        settings.problem("parameters", name + " is not used by the command");
      }
    }
  }
}
