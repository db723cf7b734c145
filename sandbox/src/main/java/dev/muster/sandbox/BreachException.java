package dev.muster.sandbox;

/** Ends a conversation. */
final class BreachException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Breach breach;

  BreachException(Breach breach) {
    super(breach.errorClass());
    this.breach = breach;
  }

  Breach breach() {
    return breach;
  }
}
