package dev.muster.ports.out.enrolment;

import dev.muster.domain.enrolment.CallerNetwork;
import dev.muster.ports.out.CrossTenant;
import java.time.Duration;
import java.time.Instant;

/** Attempts to join that failed or brought no token, counted over all replicas. */
@CrossTenant("who has no credential has no tenant")
public interface Attempts {
  /**
   * Notes an attempt, in one conditional statement; false, and nothing noted, where {@code most}
   * were noted within the time before. Old ones are forgotten on the way.
   */
  boolean note(CallerNetwork network, int most, Duration within, Instant now);
}
