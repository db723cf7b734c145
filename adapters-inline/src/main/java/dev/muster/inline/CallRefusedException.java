package dev.muster.inline;

/** Ends a request of a script without an answer. */
final class CallRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String errorClass;
  private final boolean passing;

  private CallRefusedException(String errorClass, String message, boolean passing) {
    super(message);
    this.errorClass = errorClass;
    this.passing = passing;
  }

  static CallRefusedException notAllowedHere(String message) {
    return new CallRefusedException("not_allowed_here", message, false);
  }

  static CallRefusedException invalid(String message) {
    return new CallRefusedException("invalid_payload", message, false);
  }

  static CallRefusedException tooLarge(String message) {
    return new CallRefusedException("response_too_large", message, false);
  }

  static CallRefusedException untrusted(String message) {
    return new CallRefusedException("http_tls", message, false);
  }

  static CallRefusedException unreachable(String message) {
    return new CallRefusedException("http_unreachable", message, true);
  }

  String errorClass() {
    return errorClass;
  }

  /** Whether another attempt might get further. */
  boolean isPassing() {
    return passing;
  }
}
