package dev.muster.application.update;

import dev.muster.domain.update.Stagger;
import dev.muster.ports.out.update.Nudges;
import dev.muster.ports.out.update.Nudges.Candidate;
import dev.muster.ports.out.update.Nudges.Nudge;
import dev.muster.ports.out.update.Releases.KeptRelease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Has the agents that a rollout reaches look for the release now rather than when their interval is
 * over, each of them once for each time that a person sets the rollout. Used in the transaction of
 * that change.
 */
public final class Calling {
  /** Who was away for longer looks by itself when it comes back. */
  private static final Duration HERE_WITHIN = Duration.ofDays(1);

  private final Nudges nudges;
  private final RandomGenerator random;

  /**
   * Notes in {@code nudges} who is to be told.
   *
   * @param random leaves to chance who hears of it first
   */
  public Calling(Nudges nudges, RandomGenerator random) {
    this.nudges = nudges;
    this.random = random;
  }

  /** Calls whom a rollout reaches; nobody, where it does not run. */
  void call(KeptRelease release, Instant now) {
    long sequence = release.sequence();
    nudges.remove(sequence);
    List<Candidate> reached =
        nudges.candidates(sequence, now.minus(HERE_WITHIN)).stream()
            .filter(candidate ->
                release.rollout().reaches(candidate.agent(), candidate.region(), sequence))
            .map(candidate -> new Lot(random.nextLong(), candidate))
            .sorted(Comparator.comparingLong(Lot::number))
            .map(Lot::candidate)
            .toList();
    if (!reached.isEmpty()) {
      nudges.add(sequence, inTurn(reached, now), now);
    }
  }

  /** What a candidate drew. */
  private record Lot(long number, Candidate candidate) {}

  private static List<Nudge> inTurn(List<Candidate> reached, Instant now) {
    Stagger stagger = new Stagger(reached.size());
    List<Nudge> nudges = new ArrayList<>();
    for (Candidate candidate : reached) {
      Instant due = now.plus(stagger.delay(nudges.size()));
      nudges.add(new Nudge(candidate.tenant(), candidate.agent(), due));
    }
    return nudges;
  }
}
