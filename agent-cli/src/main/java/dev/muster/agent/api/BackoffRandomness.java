package dev.muster.agent.api;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * The chance that keeps a fleet from coming back all at once. Nothing secret depends on it. Safe
 * for threads.
 */
public final class BackoffRandomness implements RandomGenerator {
  @Override
  public long nextLong() {
    return ThreadLocalRandom.current().nextLong();
  }
}
