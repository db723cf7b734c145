package dev.muster.agent.network;

import java.net.ProtocolException;
import java.net.http.HttpResponse;
import java.util.Optional;

/** What went wrong on the way, in words that say what to do about it. */
public final class NetworkFailure {
  private static final int ASKED = 407;
  private static final String TUNNEL = "Tunnel failed, got: ";

  /** Long enough for every reason of Java's, and for no page of somebody's. */
  private static final int LONGEST = 300;

  private NetworkFailure() {}

  /** What a proxy said instead of letting the request through; empty if it let it through. */
  public static Optional<String> atProxy(HttpResponse<?> response) {
    if (response.statusCode() != ASKED) {
      return Optional.empty();
    }
    boolean said = response.request().headers().firstValue("Proxy-Authorization").isPresent();
    return Optional.of(
        said
            ? "the proxy does not accept the user and password of HTTPS_PROXY (407)"
            : "the proxy asks for a user and password (407): HTTPS_PROXY=http://user:password@host:port");
  }

  /** Whether the proxy was asked for a connection to the server, and did not make it. */
  public static boolean isOfProxy(Throwable failure) {
    return String.valueOf(failure.getMessage()).startsWith(TUNNEL);
  }

  /** Why there is no answer. What the other side may have said in it is cut. */
  public static String describe(Throwable failure) {
    String message = failure.getMessage() == null ? "" : failure.getMessage();
    if (isOfProxy(failure)) {
      return "the proxy does not connect to the server: it answered "
          + cut(message.substring(TUNNEL.length()));
    }
    Optional<String> tls = TlsFailure.describe(failure);
    if (tls.isPresent()) {
      return "no TLS: " + tls.get();
    }
    if (message.contains("exceeds capacity")) {
      return "the answer is larger than any of Muster's";
    }
    if (failure instanceof ProtocolException) {
      return "what came back is no HTTP";
    }
    String kind = failure.getClass().getSimpleName();
    return message.isEmpty() ? kind : kind + ": " + cut(message);
  }

  /** What somebody else may have said must not be long, or steer a terminal. */
  public static String cut(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", "?");
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
  }
}
