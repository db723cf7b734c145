package dev.muster.application.access;

import dev.muster.domain.access.RequestWindow;
import dev.muster.ports.StorageUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * What this replica holds of one credential's requests: a slice, while it lasts. Thread-safe; those
 * who come while a slice is being taken wait for it, instead of taking others.
 */
final class HeldRequests {
  /** Storage that takes longer than a slice lives is too slow to count by. */
  private static final int TRIES = 3;

  /** So long a refusal is repeated without asking again. */
  private static final Duration REFUSAL = Duration.ofSeconds(2);

  private final ReentrantLock lock = new ReentrantLock();
  private final LongSupplier nanos;
  private final Duration patience;
  private int left;
  private int used;
  private int wish = 1;
  private long endsAt;
  private long refusedUntil;
  private int refusedBy;

  /** A slice that was taken under another limit is void: a lower one counts at once. */
  private int takenUnder;

  /**
   * Holds nothing.
   *
   * @param nanos a monotonic clock
   * @param patience how long one request waits for another that is asking storage
   */
  HeldRequests(LongSupplier nanos, Duration patience) {
    this.nanos = nanos;
    this.patience = patience;
    this.endsAt = nanos.getAsLong();
    this.refusedUntil = endsAt;
  }

  /**
   * Spends one request.
   *
   * @param limit requests a minute
   * @param take takes a slice from storage, given how many are wished
   * @return empty where it may go through, else how long to wait
   * @throws StorageUnavailable where it cannot be counted in time
   */
  Optional<Duration> spend(int limit, IntFunction<RequestWindow.Slice> take) {
    lockInTime();
    try {
      long now = nanos.getAsLong();
      if (left > 0 && takenUnder == limit && endsAt - now > 0) {
        return spent();
      }
      if (refusedBy == limit && refusedUntil - now > 0) {
        return Optional.of(seconds(refusedUntil - now));
      }
      return taken(limit, take);
    } finally {
      lock.unlock();
    }
  }

  /** However long storage takes to answer one, no line of the others grows behind it. */
  private void lockInTime() {
    try {
      if (!lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new StorageUnavailable("requests cannot be counted in time", new TimeoutException());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StorageUnavailable("interrupted while waiting to be counted", interrupted);
    }
  }

  /** Whether there is nothing in it that is worth keeping. */
  boolean isIdle() {
    long now = nanos.getAsLong();
    return endsAt - now <= 0 && refusedUntil - now <= 0;
  }

  private Optional<Duration> taken(int limit, IntFunction<RequestWindow.Slice> take) {
    adjustWish(limit);
    for (int tries = 0; tries < TRIES; tries++) {
      // From before the question: what storage counts at some moment after it is never used later
      // than its term after that moment, however long the answer takes.
      long asked = nanos.getAsLong();
      switch (take.apply(wish)) {
        case RequestWindow.Full full -> {
          refusedBy = limit;
          refusedUntil = asked + Math.min(REFUSAL.toNanos(), full.pause().toNanos());
          return Optional.of(full.pause());
        }
        case RequestWindow.Taken slice -> {
          left = slice.requests();
          takenUnder = limit;
          endsAt = asked + slice.term().toNanos();
        }
      }
      if (endsAt - nanos.getAsLong() > 0) {
        return spent();
      }
    }
    left = 0;
    throw new StorageUnavailable("requests cannot be counted in time", new TimeoutException());
  }

  private Optional<Duration> spent() {
    left--;
    used++;
    return Optional.empty();
  }

  /** Twice as many where the last slice was used up before its time, else as many as were used. */
  private void adjustWish(int limit) {
    boolean usedUp = left == 0 && used > 0 && endsAt - nanos.getAsLong() > 0;
    wish = Math.clamp(usedUp ? 2L * used : used, 1, RequestWindow.largestWish(limit));
    used = 0;
  }

  private static Duration seconds(long nanos) {
    return Duration.ofSeconds(Math.max(1, Math.ceilDiv(nanos, 1_000_000_000L)));
  }
}
