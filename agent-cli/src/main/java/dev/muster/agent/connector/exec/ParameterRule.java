package dev.muster.agent.connector.exec;

import dev.muster.agent.connector.RefusedException;
import dev.muster.agent.connector.SecretReferences;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What a parameter may be. A value that begins with {@code -} is refused whatever the pattern says,
 * unless the configuration allows it in so many words: a pattern like {@code .*} is easily written,
 * and a program would take the value for one of its options.
 *
 * @param pattern matches the whole of each value
 * @param list whether several values may come
 * @param join what several values are joined by into one; empty to keep them apart
 * @param dashAllowed whether a value may begin with {@code -}
 * @param fallback the value when the job gives none
 * @param required whether the job must give it
 */
record ParameterRule(
    Pattern pattern,
    boolean list,
    Optional<String> join,
    boolean dashAllowed,
    Optional<String> fallback,
    boolean required) {
  private static final int LONGEST = 4_096;
  private static final int MOST_VALUES = 256;

  /** The values, checked and joined. */
  List<String> check(String name, JsonNode given) throws RefusedException {
    List<String> values = new ArrayList<>();
    if (given.isArray()) {
      if (!list || given.size() > MOST_VALUES) {
        throw RefusedException.notAllowedHere("parameter " + name + " does not take that many");
      }
      for (JsonNode item : given) {
        values.add(check(name, text(name, item)));
      }
    } else {
      values.add(check(name, text(name, given)));
    }
    return join.isPresent() && !values.isEmpty()
        ? List.of(String.join(join.get(), values))
        : values;
  }

  private String check(String name, String value) throws RefusedException {
    if (SecretReferences.occurIn(value)) {
      throw RefusedException.notAllowedHere(
          "parameter " + name + " takes no secret: it would show among the tool's arguments");
    }
    boolean dash = value.startsWith("-") && !dashAllowed;
    if (dash
        || value.length() > LONGEST
        || value.indexOf('\0') >= 0
        || !pattern.matcher(value).matches()) {
      throw RefusedException.notAllowedHere("parameter " + name + " may not have that value here");
    }
    return value;
  }

  private static String text(String name, JsonNode value) throws RefusedException {
    if (value.isString() || value.isNumber() || value.isBoolean()) {
      return value.asString();
    }
    throw RefusedException.invalidPayload(
        "parameter " + name + " must be a text, a number, true, false or a list of these");
  }
}
