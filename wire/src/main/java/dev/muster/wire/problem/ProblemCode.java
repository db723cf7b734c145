package dev.muster.wire.problem;

import java.util.Locale;

/** Why a request was refused: the stable part of an error, explained in docs/problems.md. */
public enum ProblemCode {
  MALFORMED_REQUEST(400, "The request is not proper HTTP"),
  MALFORMED_JSON(400, "The body is not JSON"),
  MALFORMED_QUERY(400, "The query string is not proper"),
  UNAUTHENTICATED(401, "The request does not carry a valid credential"),
  FORBIDDEN(403, "The caller lacks the permission"),
  OPERATOR_REQUIRED(403, "Only operators may do this"),
  TENANT_REQUIRED(403, "The caller belongs to no tenant in which this could be done"),
  NOT_THE_CALLER(403, "The id in the path is not the caller's"),
  AGENT_DISABLED(403, "The agent is disabled"),
  TENANT_SUSPENDED(403, "The tenant is suspended"),
  CERTIFICATE_REQUIRED(403, "A registered client certificate is required"),
  SIGNATURE_REQUIRED(403, "The agent must sign its requests"),
  SIGNATURE_INVALID(403, "The signature is not the agent's"),
  SIGNATURE_EXPIRED(403, "The signature's time is not now"),
  SIGNATURE_REPLAYED(403, "The signed request was carried out before"),
  TOKEN_REVOKED(403, "The token is revoked"),
  TOKEN_EXPIRED(403, "The token has expired"),
  TOKEN_EXHAUSTED(403, "The token has no uses left"),
  WRONG_REGION(403, "The token demands another region"),
  MISSING_CAPABILITY(403, "The token demands a capability that the agent lacks"),
  MISSING_TOOL(403, "The token demands a tool that the agent lacks"),
  NOT_FOUND(404, "There is no such resource"),
  METHOD_NOT_ALLOWED(405, "The resource does not answer to this method"),
  REQUEST_TIMEOUT(408, "The request took too long to arrive"),
  STATE_CONFLICT(409, "The present state does not allow this"),
  LEASE_LOST(409, "The attempt does not hold the lease"),
  SLUG_TAKEN(409, "Another tenant has this slug"),
  NAME_TAKEN(409, "Something else has this name"),
  AGENT_NAME_IN_USE(409, "Another agent lives under this name"),
  AGENT_LIMIT_REACHED(409, "The tenant has too many agents"),
  LEGACY_REGISTRATION_DISABLED(410, "Registration without a token is switched off"),
  BODY_TOO_LARGE(413, "The body is too large"),
  URI_TOO_LONG(414, "The address is too long"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body must be application/json in UTF-8"),
  INVALID(422, "The request breaks rules"),
  IDEMPOTENCY_KEY_REUSED(422, "The idempotency key was used for another request"),
  RATE_LIMITED(429, "Too many requests", 60),
  QUEUE_FULL(429, "The tenant's queue is full", 30),
  HEADERS_TOO_LARGE(431, "The headers are too large"),
  INTERNAL_ERROR(500, "The server failed"),
  UNAVAILABLE(503, "The server cannot answer now", 5),
  NOT_READY(503, "The server cannot do this yet", 5);

  private final int status;
  private final String title;
  private final int retryAfterSeconds;

  ProblemCode(int status, String title) {
    this(status, title, 0);
  }

  ProblemCode(int status, String title, int retryAfterSeconds) {
    this.status = status;
    this.title = title;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** One sentence for a person, the same for every occurrence. */
  public String title() {
    return title;
  }

  /** When a repetition may help, or 0 where waiting does not. */
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }

  /** The code as it is written. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
