package dev.muster.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The database's clock, which all replicas share. Between synchronisations it goes on by the JVM's
 * monotonic clock; what the replica's own wall clock says, and when somebody sets it, changes
 * nothing. Thread-safe.
 *
 * <p>It is off by no more than half a round trip and the drift since the last synchronisation, and
 * may step back by that much when it is synchronised. Microseconds, as the database keeps them.
 */
public final class DatabaseClock implements InstantSource {
  /** The quickest of a few answers says most exactly when it was given. */
  private static final int SAMPLES = 3;

  private final Supplier<Instant> database;
  private final LongSupplier nanos;
  private volatile Reading reading;

  /**
   * Synchronises at once.
   *
   * @param database asks the database for its time
   * @param nanos a monotonic clock, such as {@link System#nanoTime}
   */
  DatabaseClock(Supplier<Instant> database, LongSupplier nanos) {
    this.database = database;
    this.nanos = nanos;
    this.reading = read();
  }

  @Override
  public Instant instant() {
    Reading last = reading;
    return last.at.plusNanos(nanos.getAsLong() - last.nanos).truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * Asks the database again; answers by how much the clock was moved.
   *
   * @throws dev.muster.ports.StorageUnavailable when the database is not available; the clock then
   *     goes on as before
   */
  Duration synchronise() {
    Reading next = read();
    Reading last = reading;
    reading = next;
    return Duration.between(last.at.plusNanos(next.nanos - last.nanos), next.at);
  }

  private Reading read() {
    return Stream.generate(this::sample)
        .limit(SAMPLES)
        .reduce((one, other) -> other.roundTrip < one.roundTrip ? other : one)
        .orElseThrow();
  }

  private Reading sample() {
    long before = nanos.getAsLong();
    Instant at = database.get();
    long roundTrip = nanos.getAsLong() - before;
    return new Reading(at, before + roundTrip / 2, roundTrip);
  }

  /** What the database's clock said when the monotonic clock said {@code nanos}. */
  private record Reading(Instant at, long nanos, long roundTrip) {}
}
