package dev.muster.agent.connector;

/** Where a log line comes from. */
public enum LogStream {
  STDOUT,
  STDERR,
  SYSTEM;

  /** The name on the wire. */
  public String wireName() {
    return switch (this) {
      case STDOUT -> "stdout";
      case STDERR -> "stderr";
      case SYSTEM -> "system";
    };
  }
}
