package dev.muster.application.access;

import dev.muster.application.access.Authentication.Authenticated;
import dev.muster.ports.in.access.Presented;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Whose credentials were found good within the last second, so that an agent or a script that calls
 * a hundred times a second is looked up once. Nothing is remembered of a credential that was
 * refused. Whoever takes a credential away says so to every replica; should that be lost, it ends
 * by itself with the second. Thread-safe.
 */
final class RecentCallers {
  private static final Duration REMEMBERED = Duration.ofSeconds(1);

  /** Far more than one replica hears in a second; beyond it everybody is looked up. */
  private static final int MOST = 50_000;

  private final Map<RecentKey, Entry> known = new ConcurrentHashMap<>();
  private final AtomicLong generation = new AtomicLong();

  private record Entry(Authenticated who, Instant until) {}

  /** Who was found for this a moment ago. */
  Optional<Authenticated> find(Presented presented, Instant now) {
    RecentKey key = RecentKey.of(presented);
    Entry entry = key == null ? null : known.get(key);
    return entry != null && entry.until().isAfter(now)
        ? Optional.of(entry.who())
        : Optional.empty();
  }

  /** Before somebody is looked up: what {@link #remember} is to be given. */
  long generation() {
    return generation.get();
  }

  /**
   * Remembers who was found, unless credentials have changed since the look-up began.
   *
   * @param before the generation then
   */
  void remember(Presented presented, Authenticated who, Instant now, long before) {
    @Nullable RecentKey key = RecentKey.of(presented);
    if (key == null) {
      return;
    }
    if (known.size() >= MOST) {
      known.values().removeIf(entry -> !entry.until().isAfter(now));
    }
    if (known.size() < MOST) {
      Entry entry = new Entry(who, now.plus(REMEMBERED));
      known.put(key, entry);
      if (generation.get() != before) {
        known.remove(key, entry);
      }
    }
  }

  /** Credentials were taken away, or who holds them was changed. */
  void forget() {
    generation.incrementAndGet();
    known.clear();
  }
}
