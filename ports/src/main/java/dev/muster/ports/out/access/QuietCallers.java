package dev.muster.ports.out.access;

import dev.muster.ports.out.CrossTenant;
import java.time.Instant;

/** Credentials that have not been used for long. */
@CrossTenant("the sweep forgets those of all tenants")
public interface QuietCallers {
  /**
   * Forgets what those took who took nothing since a moment; answers how many it forgot.
   *
   * @param moment at least some minutes ago, or limits are forgotten too
   */
  int forgetQuietSince(Instant moment, int limit);
}
