package dev.muster.sandbox.child;

/** How a child ends. */
public enum ExitCode {
  /** It has said what came of the script. */
  DONE(0),

  /** Out of memory; the JVM's own code for it. */
  MEMORY(3),

  /** The time is over and the parent has not ended it. */
  TIME(64),

  /** What came from the parent is no message. */
  NONSENSE(65),

  /** The parent is gone. */
  ORPHANED(66),

  /** A defect. */
  DEFECT(67);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number. */
  public int code() {
    return code;
  }

  /** Ends this JVM now: no hook runs, and no script has a word in it. */
  void halt() {
    Runtime.getRuntime().halt(code);
  }
}
