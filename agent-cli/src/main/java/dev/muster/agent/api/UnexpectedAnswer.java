package dev.muster.agent.api;

/** An answer that lacks what a Muster server always says; never leaves this package. */
final class UnexpectedAnswer extends RuntimeException {
  private final String missing;

  UnexpectedAnswer(String missing) {
    super("missing " + missing, null, false, false);
    this.missing = missing;
  }

  String missing() {
    return missing;
  }
}
