package dev.muster.domain.update;

import dev.muster.domain.identity.WireNamed;

/** Whether a release is offered. */
public enum RolloutStatus implements WireNamed {
  /** It is, to whom it reaches. */
  RUNNING,
  /** A person has stopped it for now. */
  PAUSED,
  /** A person has stopped it, or too many agents went back; a new rollout starts it again. */
  HALTED
}
