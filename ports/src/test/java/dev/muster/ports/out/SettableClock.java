package dev.muster.ports.out;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is told to go on. Thread-safe. */
public final class SettableClock implements InstantSource {
  private final AtomicReference<Instant> now;

  /** Stands at a moment. */
  public SettableClock(Instant start) {
    now = new AtomicReference<>(start);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /** Stands at another moment from now on. */
  public void set(Instant moment) {
    now.set(moment);
  }

  /** Goes on. */
  public void advance(Duration time) {
    now.updateAndGet(moment -> moment.plus(time));
  }
}
