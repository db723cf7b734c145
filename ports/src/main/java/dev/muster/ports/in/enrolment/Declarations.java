package dev.muster.ports.in.enrolment;

import dev.muster.domain.credential.Secret;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import java.util.Optional;

/** How agents that come by name say what they can do. */
public interface Declarations {
  /**
   * Takes what the calling agent says of itself in place of what it said before. Answers its update
   * key the first time, and again where the same registration is repeated within ten minutes.
   * {@code state_conflict} for an agent that was enrolled: what that one can do was settled then.
   */
  Outcome<Optional<Secret>> declare(Caller caller, Declaration declaration);
}
