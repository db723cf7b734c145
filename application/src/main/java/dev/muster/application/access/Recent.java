package dev.muster.application.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * What was looked up a moment ago. Whoever changes it says so to every replica, and all forget;
 * should that be lost, what is remembered ends by itself. Thread-safe.
 */
final class Recent<K, V> {
  private final Map<K, Entry<V>> known = new ConcurrentHashMap<>();
  private final AtomicLong generation = new AtomicLong();
  private final Duration remembered;
  private final int most;

  private record Entry<V>(V value, Instant until) {}

  /**
   * Without anything.
   *
   * @param remembered for how long
   * @param most beyond it everything is looked up
   */
  Recent(Duration remembered, int most) {
    this.remembered = remembered;
    this.most = most;
  }

  /** What is known, or is looked up now; a look-up that began before a change is not remembered. */
  V of(K key, Instant now, Function<K, V> lookUp) {
    Entry<V> entry = known.get(key);
    if (entry != null && entry.until().isAfter(now)) {
      return entry.value();
    }
    long before = generation.get();
    V value = lookUp.apply(key);
    remember(key, new Entry<>(value, now.plus(remembered)), now, before);
    return value;
  }

  private void remember(K key, Entry<V> entry, Instant now, long before) {
    if (known.size() >= most) {
      known.values().removeIf(each -> !each.until().isAfter(now));
    }
    if (known.size() < most) {
      known.put(key, entry);
      if (generation.get() != before) {
        known.remove(key, entry);
      }
    }
  }

  /** Something was changed. */
  void forget() {
    generation.incrementAndGet();
    known.clear();
  }
}
