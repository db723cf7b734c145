package dev.muster.agent.api;

import dev.muster.agent.network.NetworkFailure;
import dev.muster.agent.network.Stranger;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpHeaders;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides which answers are worth a retry, for every call of the agent.
 *
 * <p>The rule: only what Muster itself says, in its own form, is believed to be final. Whatever
 * else comes back (no connection, a load balancer's 404, a captive portal's login page) says
 * nothing about the request and is tried again.
 */
final class Retryable {
  /**
   * Said before a request is looked at, and cured by people: a clock that is wrong, a signing
   * secret that the agent does not have, a certificate that a proxy no longer passes on. It is no
   * verdict on what was sent, which therefore is kept.
   */
  private static final Set<String> AT_THE_GATE =
      Set.of(
          "signature_required", "signature_invalid", "signature_expired", "certificate_required");

  private static final String NAME_IN_USE = "agent_name_in_use";

  private Retryable() {}

  /**
   * What an answer that is not a success means.
   *
   * @param problem the body, when it is a problem document; null for anything else
   */
  static <T> Reply<T> answered(
      int status, HttpHeaders headers, @Nullable ObjectNode problem, InstantSource clock) {
    if (status == 408 || status == 425 || status == 429 || status >= 500) {
      String who =
          problem == null ? Stranger.describe(status, headers) : "the server answered " + status;
      return unavailable(who, retryAfter(headers, clock).orElse(null));
    }
    if (problem == null) {
      return unavailable(Stranger.describe(status, headers), null);
    }
    String code = cut(problem.path("code").asString(""), 64);
    String detail = cut(problem.path("detail").asString(problem.path("title").asString("")), 500);
    if (status == 401) {
      return new Reply.Unauthorized<>(detail);
    }
    if (status == 403 && code.equals("agent_disabled")) {
      return new Reply.Disabled<>();
    }
    if (status == 403 && AT_THE_GATE.contains(code)) {
      return unavailable("the server asks for something besides the key: " + code, null);
    }
    if (status == 409 && code.equals("lease_lost")) {
      return new Reply.LeaseLost<>();
    }
    return new Reply.Refused<>(status, code, detail);
  }

  /**
   * What an answer means for what was sent of a job: that another installation lives under this
   * agent's name is no verdict on it, and ends by itself.
   */
  static <T> Reply<T> ofWork(Reply<T> reply) {
    return reply instanceof Reply.Refused<T> refused && refused.code().equals(NAME_IN_USE)
        ? unavailable("another installation lives under this agent's name", null)
        : reply;
  }

  /** What a call means that brought no answer. */
  static <T> Reply<T> failed(IOException failure) {
    return new Reply.Unavailable<>(NetworkFailure.describe(failure), null, isUntrusted(failure));
  }

  /** An answer that came, but is not one that Muster gives. */
  static <T> Reply<T> unavailable(String reason, @Nullable Duration retryAfter) {
    return new Reply.Unavailable<>(reason, retryAfter, false);
  }

  /** It ends up in a log, and the server decides how often. */
  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }

  /**
   * Whether TLS failed for a reason that waiting does not cure by itself. A connection that was cut
   * in the middle of a handshake shows as a handshake failure too, and is none.
   */
  private static boolean isUntrusted(IOException failure) {
    boolean tls = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof EOFException || cause instanceof SocketException) {
        return false;
      }
      tls |=
          cause instanceof SSLHandshakeException
              || cause instanceof SSLPeerUnverifiedException
              || cause instanceof CertificateException;
    }
    return tls;
  }

  private static Optional<Duration> retryAfter(HttpHeaders headers, InstantSource clock) {
    return headers.firstValue("Retry-After").flatMap(value -> parse(value.trim(), clock));
  }

  private static Optional<Duration> parse(String value, InstantSource clock) {
    if (value.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      ZonedDateTime at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration left = Duration.between(clock.instant(), at.toInstant());
      return Optional.of(left.isNegative() ? Duration.ZERO : left);
    } catch (DateTimeParseException notADate) {
      return Optional.empty();
    }
  }
}
