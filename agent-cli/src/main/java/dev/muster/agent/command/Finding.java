package dev.muster.agent.command;

import java.io.PrintWriter;
import java.util.List;

/**
 * One line of what {@code check} found.
 *
 * @param code what the command ends with where this is the first that fails; {@link ExitCode#OK}
 *     where it does not
 */
record Finding(String what, Standing standing, String detail, ExitCode code) {
  /** How it stands. */
  enum Standing {
    OK,
    WARNING,
    FAILED,
    UNKNOWN
  }

  private static final int WIDTH = 12;
  private static final int STANDING_WIDTH = 8;

  static Finding ok(String what, String detail) {
    return new Finding(what, Standing.OK, detail, ExitCode.OK);
  }

  static Finding warning(String what, String detail) {
    return new Finding(what, Standing.WARNING, detail, ExitCode.OK);
  }

  /** Could not be tried, because of something else that failed. */
  static Finding unknown(String what, String detail) {
    return new Finding(what, Standing.UNKNOWN, detail, ExitCode.OK);
  }

  static Finding failed(String what, String detail, ExitCode code) {
    return new Finding(what, Standing.FAILED, detail, code);
  }

  /** Prints a table; answers the code of the first that failed. */
  static ExitCode print(List<Finding> findings, PrintWriter out) {
    for (Finding finding : findings) {
      String standing = finding.standing == Standing.UNKNOWN ? "?" : finding.standing.name();
      out.println(
          pad(finding.what, WIDTH)
              + " "
              + pad(standing.toLowerCase(java.util.Locale.ROOT), STANDING_WIDTH)
              + " "
              + finding.detail);
    }
    return findings.stream()
        .map(Finding::code)
        .filter(code -> code != ExitCode.OK)
        .findFirst()
        .orElse(ExitCode.OK);
  }

  private static String pad(String text, int width) {
    return text.length() >= width ? text : text + " ".repeat(width - text.length());
  }
}
