package dev.muster.wire.problem;

import dev.muster.ports.Refusal;
import dev.muster.wire.json.FieldProblem;
import java.util.List;
import java.util.Map;

/** What a refusal of the inbound ports is over HTTP. */
final class PortRefusals {
  private PortRefusals() {}

  static Problem problem(Refusal refusal) {
    var code = code(refusal.code());
    if (code == ProblemCode.UNAUTHENTICATED) {
      return Rejection.unauthenticated().problem();
    }
    if (code == ProblemCode.NOT_FOUND) {
      return Rejection.notFound().problem();
    }
    return new Problem(code, refusal.detail(), fields(refusal), Map.of(), headers(refusal, code));
  }

  private static List<FieldProblem> fields(Refusal refusal) {
    return refusal.violations().stream()
        .map(v -> new FieldProblem(v.pointer(), v.message()))
        .toList();
  }

  private static Map<String, String> headers(Refusal refusal, ProblemCode code) {
    if (refusal.allowance() instanceof Refusal.Allowance allowance) {
      String seconds = String.valueOf(allowance.pause().toSeconds());
      return Map.of(
          "Retry-After",
          seconds,
          "RateLimit-Limit",
          String.valueOf(allowance.requestsPerMinute()),
          "RateLimit-Remaining",
          "0",
          "RateLimit-Reset",
          seconds);
    }
    return code.retryAfterSeconds() > 0
        ? Map.of("Retry-After", String.valueOf(code.retryAfterSeconds()))
        : Map.of();
  }

  private static ProblemCode code(Refusal.Code code) {
    return switch (code) {
      case UNAUTHENTICATED -> ProblemCode.UNAUTHENTICATED;
      case FORBIDDEN -> ProblemCode.FORBIDDEN;
      case OPERATOR_REQUIRED -> ProblemCode.OPERATOR_REQUIRED;
      case TENANT_REQUIRED -> ProblemCode.TENANT_REQUIRED;
      case AGENT_DISABLED -> ProblemCode.AGENT_DISABLED;
      case TENANT_SUSPENDED -> ProblemCode.TENANT_SUSPENDED;
      case CERTIFICATE_REQUIRED -> ProblemCode.CERTIFICATE_REQUIRED;
      case SIGNATURE_REQUIRED -> ProblemCode.SIGNATURE_REQUIRED;
      case SIGNATURE_INVALID -> ProblemCode.SIGNATURE_INVALID;
      case SIGNATURE_EXPIRED -> ProblemCode.SIGNATURE_EXPIRED;
      case SIGNATURE_REPLAYED -> ProblemCode.SIGNATURE_REPLAYED;
      case TOKEN_REVOKED -> ProblemCode.TOKEN_REVOKED;
      case TOKEN_EXPIRED -> ProblemCode.TOKEN_EXPIRED;
      case TOKEN_EXHAUSTED -> ProblemCode.TOKEN_EXHAUSTED;
      case WRONG_REGION -> ProblemCode.WRONG_REGION;
      case MISSING_CAPABILITY -> ProblemCode.MISSING_CAPABILITY;
      case MISSING_TOOL -> ProblemCode.MISSING_TOOL;
      case NOT_FOUND -> ProblemCode.NOT_FOUND;
      case LEASE_LOST -> ProblemCode.LEASE_LOST;
      case STATE_CONFLICT -> ProblemCode.STATE_CONFLICT;
      case SLUG_TAKEN -> ProblemCode.SLUG_TAKEN;
      case NAME_TAKEN -> ProblemCode.NAME_TAKEN;
      case AGENT_NAME_IN_USE -> ProblemCode.AGENT_NAME_IN_USE;
      case AGENT_LIMIT_REACHED -> ProblemCode.AGENT_LIMIT_REACHED;
      case LEGACY_REGISTRATION_DISABLED -> ProblemCode.LEGACY_REGISTRATION_DISABLED;
      case INVALID -> ProblemCode.INVALID;
      case IDEMPOTENCY_KEY_REUSED -> ProblemCode.IDEMPOTENCY_KEY_REUSED;
      case QUEUE_FULL -> ProblemCode.QUEUE_FULL;
      case RATE_LIMITED -> ProblemCode.RATE_LIMITED;
      case NOT_READY -> ProblemCode.NOT_READY;
      case INTERNAL_ERROR -> ProblemCode.INTERNAL_ERROR;
    };
  }
}
