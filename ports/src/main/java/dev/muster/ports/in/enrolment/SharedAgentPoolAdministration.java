package dev.muster.ports.in.enrolment;

import dev.muster.domain.enrolment.KeptPlatformKey;
import dev.muster.domain.enrolment.SharedAgentPool;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Issued;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pool of shared agents that register themselves, and its platform key. */
public interface SharedAgentPoolAdministration {
  /** Makes the pool and its first key; {@code state_conflict} where there is one. */
  Outcome<Issued<PoolStanding>> create(Caller caller, Hints hints);

  /** The pool; {@code not_found} before it was made. */
  Outcome<PoolStanding> find(Caller caller);

  /**
   * Makes a new key. The one before works on for a while, and so do the tokens that were given
   * under it; one from before that ends now.
   *
   * @param grace at least zero
   */
  Outcome<Issued<PoolStanding>> rotate(Caller caller, Duration grace);

  /** Figures for whoever starts and stops agents. */
  record Hints(
      @Nullable Integer minReplicas,
      @Nullable Integer maxReplicas,
      @Nullable Integer cpuTargetPct) {}

  /** The pool with the keys that are live, newest first. */
  record PoolStanding(SharedAgentPool pool, List<KeptPlatformKey> keys) {}
}
