package dev.muster.agent.connector.ldap;

import dev.muster.agent.connector.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** How attributes are called (RFC 4512): a name or a number, and options behind it. */
final class AttributeNames {
  private static final int MOST = 100;
  private static final String NAME = "(?:[A-Za-z][A-Za-z0-9-]{0,127}|[0-9]+(?:\\.[0-9]+){1,40})";
  private static final Pattern PLAIN = Pattern.compile(NAME);
  private static final Pattern DESCRIBED = Pattern.compile(NAME + "(?:;[A-Za-z0-9-]{1,64}){0,8}");
  private static final Pattern ASKED =
      Pattern.compile("\\*|\\+|1\\.1|" + NAME + "(?:;[A-Za-z0-9-]{1,64}){0,8}");

  private AttributeNames() {}

  static boolean isPlain(String name) {
    return PLAIN.matcher(name).matches();
  }

  static String checked(String name) throws RefusedException {
    if (!DESCRIBED.matcher(name).matches()) {
      throw RefusedException.invalidPayload("that is not the name of an attribute");
    }
    return name;
  }

  /** The attributes that a search asks for; all that users see when it names none. */
  static List<String> asked(JsonNode names) throws RefusedException {
    if (names.isMissingNode()) {
      return List.of("*");
    }
    List<String> asked = new ArrayList<>();
    for (JsonNode name : names) {
      asked.add(name.asString(""));
    }
    boolean usual = asked.stream().allMatch(name -> ASKED.matcher(name).matches());
    if (!names.isArray() || asked.isEmpty() || asked.size() > MOST || !usual) {
      throw RefusedException.invalidPayload("attributes must be a list of 1 to 100 names");
    }
    return asked;
  }
}
