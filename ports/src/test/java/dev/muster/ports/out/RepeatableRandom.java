package dev.muster.ports.out;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * The same numbers in every run: a counter, mixed as in Steele, Lea and Flood's SplitMix (OOPSLA
 * 2014), so that no two of a run are the same. Thread-safe.
 */
public final class RepeatableRandom implements RandomGenerator {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private final AtomicLong counter = new AtomicLong();

  @Override
  public long nextLong() {
    long mixed = counter.addAndGet(GOLDEN_GAMMA);
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
