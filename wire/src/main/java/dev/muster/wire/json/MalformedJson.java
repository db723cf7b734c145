package dev.muster.wire.json;

/** The bytes are not JSON in UTF-8. Carries no stack trace: it is an answer, not a bug. */
public final class MalformedJson extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedJson(String message) {
    super(message, null, false, false);
  }
}
