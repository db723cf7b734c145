package dev.muster.application.access;

import dev.muster.ports.out.access.CommandNonces;
import dev.muster.ports.out.access.ExpiredKeys;
import dev.muster.ports.out.access.QuietCallers;
import java.time.Instant;

/**
 * All that is kept of requests for a while only: idempotency keys, nonces, and what quiet callers
 * had taken. One sweep forgets it. Thread-safe.
 */
public final class ExpiredRecords implements ExpiredKeys {
  private final ExpiredKeys keys;
  private final CommandNonces nonces;
  private final QuietCallers callers;

  /** Forgets in all three. */
  public ExpiredRecords(ExpiredKeys keys, CommandNonces nonces, QuietCallers callers) {
    this.keys = keys;
    this.nonces = nonces;
    this.callers = callers;
  }

  /** Nonces go by their own time, all at once, and are not among those counted. */
  @Override
  public int deleteRecordedBefore(Instant moment, int limit) {
    nonces.forget();
    return Math.max(
        keys.deleteRecordedBefore(moment, limit), callers.forgetQuietSince(moment, limit));
  }
}
