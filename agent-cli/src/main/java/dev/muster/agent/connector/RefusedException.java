package dev.muster.agent.connector;

/** A job that is not begun. Carries what the submitter is told, and no secret. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String errorClass;
  private final boolean retryable;

  private RefusedException(String errorClass, String message, boolean retryable) {
    super(message);
    this.errorClass = errorClass;
    this.retryable = retryable;
  }

  /** This host's configuration does not allow it. */
  public static RefusedException notAllowedHere(String message) {
    return new RefusedException("not_allowed_here", message, false);
  }

  /** The payload is not what the connector takes. */
  public static RefusedException invalidPayload(String message) {
    return new RefusedException("invalid_payload", message, false);
  }

  /** Of another class. */
  public static RefusedException of(String errorClass, String message, boolean retryable) {
    return new RefusedException(errorClass, message, retryable);
  }

  /** How the job ends. */
  public ConnectorOutcome.Failed outcome() {
    return new ConnectorOutcome.Failed(errorClass, String.valueOf(getMessage()), retryable);
  }
}
