package dev.muster.ports.in.fleet;

import dev.muster.domain.credential.Secret;
import dev.muster.ports.in.access.Caller;
import java.time.Duration;
import java.util.Optional;

/** Replaces signing secrets that have grown old. */
public interface SigningRenewal {
  /** How old a secret grows. */
  Duration LIFE = Duration.ofDays(90);

  /** How long the one before works on, and the new one is told. */
  Duration GRACE = Duration.ofHours(24);

  /**
   * The signing secret that an agent is to use from now on, where that is another than the one that
   * this request is signed with: because that one has grown old, or because it had, and the answer
   * that said so was lost. Told to whoever has signed this request, and to nobody else.
   */
  Optional<Secret> due(Caller caller);
}
