package dev.muster.sandbox;

/** Why the sandbox ended a script that has not ended by itself. */
public enum Breach {
  /** Source and config are longer than they may be. */
  TOO_LARGE("script_too_large", "source and config are longer than this host allows"),

  /** It took longer than it may. */
  TIME("script_time_limit", "the script took longer than this host allows"),

  /** It used more processor time than it may. */
  CPU("script_cpu_limit", "the script used more processor time than this host allows"),

  /** Its JVM ran out of memory. */
  MEMORY("script_memory_limit", "the script used more memory than this host allows"),

  /** It logged more than it may. */
  OUTPUT("script_output_limit", "the script logged more than this host allows"),

  /** It called its helpers more often than it may. */
  CALLS("script_call_limit", "the script called its helpers more often than this host allows"),

  /** What it returned is longer than it may be. */
  RESULT("script_result_too_large", "the script's result is longer than this host allows"),

  /** What came from the child is no message. */
  PROTOCOL("sandbox_protocol", "the sandbox sent what is no message"),

  /** The child ended and has not said what came of the script. */
  DIED("sandbox_died", "the sandbox ended before the script did"),

  /** The child could not be started. */
  NOT_STARTED("sandbox_not_started", "the sandbox could not be started");

  private final String errorClass;
  private final String explanation;

  Breach(String errorClass, String explanation) {
    this.errorClass = errorClass;
    this.explanation = explanation;
  }

  /** A stable name, {@code snake_case}. */
  public String errorClass() {
    return errorClass;
  }

  /** A sentence for whoever sent the script. */
  public String explanation() {
    return explanation;
  }

  /** Whether the script may get further another time. */
  public boolean isPassing() {
    return this == DIED || this == NOT_STARTED;
  }
}
