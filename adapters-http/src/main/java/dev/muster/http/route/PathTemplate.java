package dev.muster.http.route;

import java.util.regex.Pattern;

/**
 * A path with named places, such as {@code /jobs/{id}/cancel}.
 *
 * @param text as it is declared and documented
 */
public record PathTemplate(String text) {
  private static final Pattern FORM =
      Pattern.compile("/|(/([a-z0-9][a-z0-9.-]*|\\{[a-z][a-z_]*\\}))+");

  /** Checks the form: lower-case segments, no slash at the end. */
  public PathTemplate {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not a path of the API: " + text);
    }
  }

  /** Whether a path, as it stands in a request, leads here. */
  public boolean matches(String path) {
    var mine = text.split("/", -1);
    var theirs = path.split("/", -1);
    if (mine.length != theirs.length) {
      return false;
    }
    for (int i = 0; i < mine.length; i++) {
      boolean place = mine[i].startsWith("{");
      if (place ? theirs[i].isEmpty() : !mine[i].equals(theirs[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether it begins with these segments. */
  public boolean isUnder(String prefix) {
    return text.equals(prefix) || text.startsWith(prefix + "/");
  }
}
