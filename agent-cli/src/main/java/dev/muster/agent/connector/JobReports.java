package dev.muster.agent.connector;

/**
 * Takes what a running job has to say, already redacted. Safe for use by several threads (a tool's
 * two streams are read side by side); must not block for long, because the tool waits meanwhile.
 */
public interface JobReports {
  /** One line without its end; at most {@value #MAX_LINE} characters. */
  void logLine(LogStream stream, String text);

  /**
   * How far the job is.
   *
   * @param percent 0 to 100
   */
  void progress(int percent, String message);

  /** The longest line in characters; longer ones arrive in pieces. */
  int MAX_LINE = 8_192;
}
