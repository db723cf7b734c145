package dev.muster.ports;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why an operation was refused.
 *
 * @param detail a sentence for people; never a secret
 * @param violations the fields that are wrong, empty unless the code is {@link Code#INVALID}
 * @param allowance how often the caller may call, where that is why, else null
 */
public record Refusal(
    Code code, String detail, List<Violation> violations, @Nullable Allowance allowance) {
  /** Copies the list. */
  public Refusal {
    violations = List.copyOf(violations);
  }

  /** A refusal that is not about how often the caller calls. */
  public Refusal(Code code, String detail, List<Violation> violations) {
    this(code, detail, violations, null);
  }

  /**
   * How often a caller may call.
   *
   * @param requestsPerMinute its limit
   * @param pause until it may call again, at least a second
   */
  public record Allowance(int requestsPerMinute, Duration pause) {}

  /** A refusal that is not about fields. */
  public static Refusal of(Code code, String detail) {
    return new Refusal(code, detail, List.of());
  }

  /** A refusal because of one field. */
  public static Refusal invalid(String pointer, String message) {
    return new Refusal(
        Code.INVALID, "A field is not valid.", List.of(new Violation(pointer, message)));
  }

  /**
   * A field that is wrong.
   *
   * @param pointer where it stands in the request's body (RFC 6901)
   */
  public record Violation(String pointer, String message) {}

  /** The stable codes that programs may rely on. */
  public enum Code {
    /** No valid credential; one and the same answer for every reason. */
    UNAUTHENTICATED,
    /** The permission for the action is missing. */
    FORBIDDEN,
    /** Only operators may. */
    OPERATOR_REQUIRED,
    /** The caller belongs to no tenant in which this could be done. */
    TENANT_REQUIRED,
    /** The agent has been disabled. */
    AGENT_DISABLED,
    /** The tenant has been suspended. */
    TENANT_SUSPENDED,
    /** A certificate is registered for the caller, and this one was not shown. */
    CERTIFICATE_REQUIRED,
    /** The agent must sign its requests. */
    SIGNATURE_REQUIRED,
    /** The request is not signed with the agent's secret. */
    SIGNATURE_INVALID,
    /** The signature is right, and too old or from the future. */
    SIGNATURE_EXPIRED,
    /** The signed request was carried out before. */
    SIGNATURE_REPLAYED,
    /** The enrolment token was taken back. */
    TOKEN_REVOKED,
    /** The enrolment token's time is over. */
    TOKEN_EXPIRED,
    /** The enrolment token has no uses left. */
    TOKEN_EXHAUSTED,
    /** The enrolment token demands another region. */
    WRONG_REGION,
    /** The enrolment token demands a capability that the agent lacks. */
    MISSING_CAPABILITY,
    /** The enrolment token demands a tool that the agent lacks. */
    MISSING_TOOL,
    /** There is no such thing, or it is another tenant's. */
    NOT_FOUND,
    /** The attempt is no longer the newest, or no longer this agent's. */
    LEASE_LOST,
    /** The present state does not allow it. */
    STATE_CONFLICT,
    /** Another tenant has this slug. */
    SLUG_TAKEN,
    /** Something else has this name. */
    NAME_TAKEN,
    /** An agent of this name is there already. */
    AGENT_NAME_IN_USE,
    /** The tenant has as many agents that come by name as it can have. */
    AGENT_LIMIT_REACHED,
    /** Registration without a token is switched off. */
    LEGACY_REGISTRATION_DISABLED,
    /** A field is not as it must be. */
    INVALID,
    /** The idempotency key was used for another request. */
    IDEMPOTENCY_KEY_REUSED,
    /** The tenant's queue is full. */
    QUEUE_FULL,
    /** Too many requests. */
    RATE_LIMITED,
    /** The server cannot do this yet. */
    NOT_READY,
    /** The server failed at this one of several things that were asked for; its log tells why. */
    INTERNAL_ERROR;

    /** The name on the wire, such as {@code queue_full}. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
