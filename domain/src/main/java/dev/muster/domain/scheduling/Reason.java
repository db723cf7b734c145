package dev.muster.domain.scheduling;

import dev.muster.domain.identity.WireNamed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a job is where it is.
 *
 * @param text for people
 * @param until when this ends by itself, or null
 */
public record Reason(Code code, String text, @Nullable Instant until) {
  static Reason of(Code code, String text) {
    return new Reason(code, text, null);
  }

  /** What programs tell reasons by. */
  public enum Code implements WireNamed {
    /** It has ended. */
    ENDED,
    /** Its agent works on it. */
    RUNNING,
    /** An agent was given it and has not said yet that it has begun. */
    ASSIGNED,
    /** It is not to start before a moment. */
    DELAYED,
    /** It failed, and is tried again later. */
    RETRYING,
    /** Its tenant is suspended. */
    TENANT_SUSPENDED,
    /** Its tenant has as many jobs running as it may. */
    AT_CAP,
    /** No agent that serves its tenant is online. */
    NO_AGENT_ONLINE,
    /** Agents are online, and none can run it. */
    NO_AGENT_FITS,
    /** Those that could run it take no work. */
    AGENTS_DRAINING,
    /** Those that could run it have as many jobs as they take. */
    AGENTS_FULL,
    /** It is run by the server itself, and no replica that is up takes such jobs. */
    NO_INLINE_SLOTS,
    /** It is run by the server itself, and all that do have as many jobs as they take. */
    INLINE_SLOTS_FULL,
    /** It waits for an agent of the region that it prefers. */
    WAITING_FOR_REGION,
    /** Its tenant has its share of the agents; others go first. */
    ABOVE_SHARE,
    /** Others go before it. */
    JOBS_AHEAD,
    /** Nothing stands in its way. */
    NEXT
  }
}
