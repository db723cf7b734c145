package dev.muster.wire.problem;

import dev.muster.ports.Outcome;

/** Takes the values out of outcomes. */
public final class Outcomes {
  private Outcomes() {}

  /**
   * The value of an outcome.
   *
   * @throws Rejection where it was refused
   */
  public static <T> T valueOf(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T> done -> done.value();
      case Outcome.Refused<T> refused ->
          throw new Rejection(PortRefusals.problem(refused.refusal()));
    };
  }
}
