package dev.muster.agent.enrolment;

/** The state folder, or something in it, is refused. The message says what to do. */
public final class StateRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With what to do about it; holds no secret. */
  public StateRefusedException(String message) {
    super(message);
  }
}
