package dev.muster.domain.job;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * By which connector and how a job is done, as its payload says: for the audit log, which has no
 * place for payloads. Only the beginning of a payload is looked at, and only names are believed.
 *
 * @param connector such as {@code http}, or null where the payload names none
 * @param method the tool, the operation or the method of the request, or null
 */
public record JobMethod(@Nullable String connector, @Nullable String method) {
  /** A claim must not cost more for a large payload. */
  private static final int LOOKED_AT = 2_048;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** What a payload says; what is no JSON says nothing. */
  public static JobMethod of(String payload) {
    Glance glance = new Glance(payload.substring(0, Math.min(payload.length(), LOOKED_AT)));
    glance.look();
    String method = glance.operation != null ? glance.operation : glance.requestMethod;
    return glance.connector == null && glance.tool != null
        ? new JobMethod("exec", glance.tool)
        : new JobMethod(glance.connector, method != null ? method : glance.tool);
  }

  /** Goes over the text once, and knows no more of JSON than depth, strings and keys. */
  private static final class Glance {
    private final String text;
    private int at;
    private int depth;
    private @Nullable String key;
    private @Nullable String outerKey;
    private @Nullable String connector;
    private @Nullable String operation;
    private @Nullable String tool;
    private @Nullable String requestMethod;

    Glance(String text) {
      this.text = text;
    }

    void look() {
      while (at < text.length()) {
        char c = text.charAt(at++);
        switch (c) {
          case '{', '[' -> enter();
          case '}', ']' -> depth--;
          case '"' -> string();
          case ',' -> key = null;
          default -> {}
        }
      }
    }

    private void enter() {
      if (depth == 1) {
        outerKey = key;
      }
      depth++;
      key = null;
    }

    private void string() {
      int begin = at;
      while (at < text.length() && text.charAt(at) != '"') {
        at += text.charAt(at) == '\\' ? 2 : 1;
      }
      if (at >= text.length()) {
        return;
      }
      String found = text.substring(begin, at++);
      if (isKey()) {
        key = found;
      } else if (key != null && NAME.matcher(found).matches()) {
        take(key, found);
      }
    }

    private boolean isKey() {
      int next = at;
      while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
        next++;
      }
      return next < text.length() && text.charAt(next) == ':';
    }

    private void take(String name, String value) {
      if (depth == 1) {
        switch (name) {
          case "connector" -> connector = value;
          case "operation" -> operation = value;
          case "tool" -> tool = value;
          default -> {}
        }
      } else if (depth == 2 && "request".equals(outerKey) && "method".equals(name)) {
        requestMethod = value;
      }
    }
  }
}
