package dev.muster.agent.vault;

import java.util.regex.Pattern;

/**
 * What a parameter of a tool may be: {@code *} stands for letters, digits, {@code .}, {@code _} and
 * {@code -}, {@code **} for anything. A plain {@code *} stops at {@code /}, {@code @}, {@code :}
 * and the like, so that {@code *.example.com} does not let {@code evil.org/#.example.com} through.
 * Immutable.
 */
final class ParameterPattern {
  private final String text;
  private final Pattern pattern;

  ParameterPattern(String text) {
    this.text = text;
    StringBuilder expression = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("**", at)) {
        expression.append(".*");
        at += 2;
      } else if (text.charAt(at) == '*') {
        expression.append("[A-Za-z0-9._-]*");
        at++;
      } else {
        expression.append(Pattern.quote(text.substring(at, at + 1)));
        at++;
      }
    }
    this.pattern = Pattern.compile(expression.toString(), Pattern.DOTALL);
  }

  boolean matches(String value) {
    return pattern.matcher(value).matches();
  }

  @Override
  public String toString() {
    return text;
  }
}
