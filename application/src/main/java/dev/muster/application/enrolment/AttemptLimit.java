package dev.muster.application.enrolment;

import dev.muster.domain.audit.AuditEntry.Origin;
import dev.muster.domain.enrolment.CallerNetwork;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.out.enrolment.Attempts;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits attempts to join that fail or bring no token, by the address that they come from and over
 * all replicas. Whoever brings what is good is never limited: a fleet behind one address can join
 * at once. Beyond the limit nothing is written, neither a count nor an audit entry.
 */
public final class AttemptLimit {
  /** How many are allowed to one address within {@link #WITHIN}. */
  public static final int MOST = 5;

  /** The time in which they are counted. */
  public static final Duration WITHIN = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(AttemptLimit.class);

  private final Attempts attempts;
  private final InstantSource clock;

  /** Counts in {@code attempts}. */
  public AttemptLimit(Attempts attempts, InstantSource clock) {
    this.attempts = attempts;
    this.clock = clock;
  }

  /** Whether one more attempt may be made without a token; it is counted. */
  boolean admits(Origin origin) {
    CallerNetwork network = CallerNetwork.of(origin.address());
    return attempts.note(network, MOST, WITHIN, clock.instant());
  }

  /**
   * What to answer to an attempt that failed; it is counted.
   *
   * @param note notes the failure, where it is not one too many
   */
  <T> Outcome<T> failed(Outcome<T> refused, Origin origin, Runnable note) {
    if (!admits(origin)) {
      return tooMany(origin);
    }
    note.run();
    return refused;
  }

  /** The answer to everybody whose credential is no good. */
  <T> Outcome<T> unauthenticated(Origin origin) {
    Outcome<T> refused =
        Outcome.refused(Code.UNAUTHENTICATED, "No valid credential was presented.");
    return failed(
        refused,
        origin,
        () ->
            LOG.info(
                "event=unauthenticated action=register address={} request_id={}",
                origin.address(),
                origin.requestId()));
  }

  /** The answer to one attempt too many. */
  <T> Outcome<T> tooMany(Origin origin) {
    LOG.info(
        "event=rate_limited action=register address={} request_id={}",
        origin.address(),
        origin.requestId());
    return Outcome.refused(
        Code.RATE_LIMITED, "Too many attempts from this address failed or brought no token.");
  }
}
