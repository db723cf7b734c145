package dev.muster.jdbc.embedded;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Why PostgreSQL did not start, taken from what it said.
 *
 * @param reason one line
 * @param passes whether trying again, with another port, can help
 */
record StartFailure(String reason, boolean passes) {
  /** The port was taken meanwhile; or the last processes of a killed server are still leaving. */
  private static final List<String> PASSING =
      List.of("Address already in use", "pre-existing shared memory block");

  private static final List<String> TELLING =
      List.of("No space left on device", "PANIC:", "FATAL:", "initdb: error:", "could not");

  /** Progress, a time and a process id, which say nothing to an operator. */
  private static final Pattern BEFORE_THE_REASON =
      Pattern.compile("^.*?(?=(PANIC|FATAL|ERROR|initdb: error):)");

  static StartFailure in(String output, String log) {
    String all = log + "\n" + output;
    return new StartFailure(reasonIn(all), PASSING.stream().anyMatch(all::contains));
  }

  private static String reasonIn(String text) {
    for (String sign : TELLING) {
      var line = text.lines().filter(candidate -> candidate.contains(sign)).findFirst();
      if (line.isPresent()) {
        return BEFORE_THE_REASON.matcher(line.get()).replaceFirst("").strip();
      }
    }
    return text.lines()
        .filter(line -> !line.isBlank())
        .reduce((earlier, later) -> later)
        .orElse("no reason given");
  }
}
