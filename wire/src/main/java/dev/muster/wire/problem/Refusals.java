package dev.muster.wire.problem;

import dev.muster.ports.StorageUnavailable;
import dev.muster.wire.json.InvalidFields;
import dev.muster.wire.json.MalformedJson;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what a handler threw into what the caller is told. */
public final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private Refusals() {}

  /**
   * The problem for a failure; logs it when nobody foresaw it.
   *
   * @param where the method and path as declared, for the log; a real path may hold anything
   */
  public static Problem of(Throwable failure, String where, String requestId) {
    return switch (failure) {
      case Rejection refusal -> refusal.problem();
      case InvalidFields invalid -> Problem.ofFields(ProblemCode.INVALID, invalid.problems());
      case MalformedJson malformed ->
          Problem.of(ProblemCode.MALFORMED_JSON, String.valueOf(malformed.getMessage()));
      case StorageUnavailable away -> ofStorage(away, requestId);
      case IOException broken -> ofBrokenRequest(broken);
      default -> ofBug(failure, where, requestId);
    };
  }

  /** The problem for a status that the server's lower layers chose. */
  public static Problem ofStatus(int status) {
    return switch (status) {
      case 404 -> Rejection.notFound().problem();
      case 405 -> Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "Use another method.");
      case 408 -> Problem.of(ProblemCode.REQUEST_TIMEOUT, "Send the request faster.");
      case 413 -> Problem.of(ProblemCode.BODY_TOO_LARGE, "Send less.");
      case 414 -> Problem.of(ProblemCode.URI_TOO_LONG, "Use a shorter address.");
      case 415 -> Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send application/json.");
      case 431 -> Problem.of(ProblemCode.HEADERS_TOO_LARGE, "Send fewer or shorter headers.");
      case 503 -> unavailable("The server is starting or stopping.");
      default ->
          status >= 400 && status < 500 || status == 501 || status == 505
              ? Problem.of(ProblemCode.MALFORMED_REQUEST, "The request could not be understood.")
              : internal();
    };
  }

  /** The server cannot answer now, but may soon. */
  public static Problem unavailable(String detail) {
    return Problem.of(ProblemCode.UNAVAILABLE, detail)
        .withHeader("Retry-After", String.valueOf(ProblemCode.UNAVAILABLE.retryAfterSeconds()));
  }

  /** The problem for a request that broke off, or came too slowly. */
  public static Problem ofBrokenRequest(IOException broken) {
    boolean slow =
        broken.getCause() instanceof TimeoutException
            || String.valueOf(broken.getMessage()).contains("Idle timeout");
    return ofStatus(slow ? 408 : 400);
  }

  /** Warned of, without a stack: a database that is away fails every request in the same place. */
  private static Problem ofStorage(StorageUnavailable away, String requestId) {
    LOG.atWarn()
        .addKeyValue("request_id", requestId)
        .log("storage unavailable: {}", away.getMessage());
    return unavailable("The storage cannot be reached; nothing was changed.");
  }

  /** The caller learns the id and we the cause; the body, which may hold secrets, is not logged. */
  private static Problem ofBug(Throwable failure, String where, String requestId) {
    LOG.atError()
        .addKeyValue("request_id", requestId)
        .addKeyValue("route", where)
        .setCause(failure)
        .log("request failed");
    return internal();
  }

  private static Problem internal() {
    return Problem.of(
        ProblemCode.INTERNAL_ERROR, "The failure was recorded under the request's id.");
  }
}
