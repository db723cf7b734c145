package dev.muster.agent.update;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What became of an update.
 *
 * @param sequence of the release
 * @param kind {@code applied}, {@code reverted} or {@code rejected}
 * @param cause one word
 */
public record Outcome(long sequence, String kind, String cause) {
  /** The version has proved itself. */
  public static final String APPLIED = "applied";

  /** The version before is back. */
  public static final String REVERTED = "reverted";

  /** Nothing was applied. */
  public static final String REJECTED = "rejected";

  private static final Pattern LINE =
      Pattern.compile("([1-9][0-9]{0,17}) (applied|reverted) ([a-z_]{1,40})");

  /** A line of the file in which outcomes wait. */
  String line() {
    return sequence + " " + kind + " " + cause;
  }

  static Optional<Outcome> read(String line) {
    Matcher matcher = LINE.matcher(line);
    return matcher.matches()
        ? Optional.of(
            new Outcome(Long.parseLong(matcher.group(1)), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }
}
