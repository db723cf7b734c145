package dev.muster.ports.out.enrolment;

import dev.muster.domain.enrolment.CallerNetwork;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Attempts to join, in memory. */
public final class InMemoryAttempts implements Attempts {
  private final InMemoryStorage storage;
  private final InMemoryTable<CallerNetwork, List<Instant>> times;

  /** Without any. */
  public InMemoryAttempts(InMemoryStorage storage) {
    this.storage = storage;
    this.times = storage.table();
  }

  @Override
  public boolean note(CallerNetwork network, int most, Duration within, Instant now) {
    return storage.forAllTenants(() -> {
      List<Instant> before =
          times.find(network).orElse(List.of()).stream()
              .filter(at -> at.isAfter(now.minus(within)))
              .toList();
      if (before.size() >= most) {
        return false;
      }
      times.put(network, Stream.concat(Stream.of(now), before.stream()).toList());
      return true;
    });
  }
}
