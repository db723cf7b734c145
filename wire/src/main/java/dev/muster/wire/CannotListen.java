package dev.muster.wire;

import java.io.IOException;

/** The server could not take its port; the message is one line for whoever started it. */
public final class CannotListen extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private CannotListen(String message) {
    super(message, null, false, false);
  }

  /** The port of an address could not be taken. */
  public static CannotListen on(String host, int port, IOException failure) {
    return new CannotListen("cannot listen on %s:%d: %s".formatted(host, port, reason(failure)));
  }

  private static String reason(Throwable failure) {
    var cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    var message = String.valueOf(cause.getMessage());
    return message.contains("in use") ? "another program has taken the port" : message;
  }
}
