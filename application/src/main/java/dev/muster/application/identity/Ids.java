package dev.muster.application.identity;

import dev.muster.domain.identity.UuidV7;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Makes ids that sort by time. Thread-safe. */
public final class Ids {
  private final InstantSource clock;
  private final RandomGenerator random;

  /** Makes ids by the database's clock and a cryptographic source. */
  public Ids(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** A new id, of now. */
  public UUID next() {
    return next(clock.instant());
  }

  /** New ids of one moment, each greater than the one before it as storage compares them. */
  public List<UUID> inOrder(Instant at, int many) {
    // Of one version, variant and time, so that comparing them as signed numbers is the same.
    return Stream.generate(() -> next(at)).limit(many).sorted().toList();
  }

  /** A new id, of a moment. */
  public UUID next(Instant at) {
    byte[] bytes = new byte[UuidV7.RANDOM_BYTES];
    random.nextBytes(bytes);
    return UuidV7.of(at, bytes);
  }
}
