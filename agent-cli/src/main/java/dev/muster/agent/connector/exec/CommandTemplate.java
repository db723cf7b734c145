package dev.muster.agent.connector.exec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command with places for parameters. An argument whose place has no value is left out; a group
 * of arguments as a whole. An argument whose place has several values comes once for each.
 */
record CommandTemplate(List<List<String>> groups) {
  private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_.:-]*)}");

  /** The names of all places in a text. */
  static Set<String> places(String text) {
    Set<String> names = new LinkedHashSet<>();
    PLACE.matcher(text).results().forEach(place -> names.add(place.group(1)));
    return names;
  }

  /** The names of all places. */
  Set<String> places() {
    Set<String> names = new LinkedHashSet<>();
    groups.forEach(group -> group.forEach(argument -> names.addAll(places(argument))));
    return names;
  }

  /** The command with the values in their places. */
  List<String> fill(Map<String, List<String>> values) {
    List<String> command = new ArrayList<>();
    for (List<String> group : groups) {
      if (group.stream().allMatch(argument -> isComplete(argument, values))) {
        group.forEach(argument -> command.addAll(arguments(argument, values)));
      }
    }
    return command;
  }

  /** A text with single values in its places. */
  static String fillOne(String text, Map<String, List<String>> values) {
    return String.join("", arguments(text, values));
  }

  private static boolean isComplete(String argument, Map<String, List<String>> values) {
    return places(argument).stream()
        .allMatch(name -> !values.getOrDefault(name, List.of()).isEmpty());
  }

  private static List<String> arguments(String argument, Map<String, List<String>> values) {
    int most =
        places(argument).stream()
            .mapToInt(name -> values.getOrDefault(name, List.of()).size())
            .max()
            .orElse(1);
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      int at = i;
      arguments.add(
          PLACE
              .matcher(argument)
              .replaceAll(place -> Matcher.quoteReplacement(value(place, values, at))));
    }
    return arguments;
  }

  private static String value(MatchResult place, Map<String, List<String>> values, int at) {
    List<String> several = values.getOrDefault(place.group(1), List.of());
    return several.isEmpty() ? "" : several.get(Math.min(at, several.size() - 1));
  }
}
