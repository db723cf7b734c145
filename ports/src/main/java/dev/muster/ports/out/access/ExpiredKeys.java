package dev.muster.ports.out.access;

import dev.muster.ports.out.CrossTenant;
import java.time.Instant;

/** Forgetting answers to requests that nobody may repeat any more. */
@CrossTenant("a sweep over all tenants")
public interface ExpiredKeys {
  /** Deletes up to {@code limit} idempotency keys recorded before a moment; answers how many. */
  int deleteRecordedBefore(Instant moment, int limit);
}
