package dev.muster.domain.fleet;

import java.util.regex.Pattern;

/** The name of an agent, unique within its tenant. */
public record AgentName(String value) {
  /** What a name looks like. */
  public static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9._-]{1,63}");

  /** Checks the form. */
  public AgentName {
    if (!PATTERN.matcher(value).matches()) {
      throw new IllegalArgumentException("not an agent name");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
