package dev.muster.benchmarks.scenario;

import dev.muster.benchmarks.wire.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Counts what is done of a queue that is being emptied. */
final class Drained {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final int jobs;
  private int done;

  Drained(int jobs) {
    this.jobs = jobs;
  }

  void add(int count) {
    done += count;
  }

  boolean isEmpty() {
    return done >= jobs;
  }

  /** Jobs a second, from the first claim to the last result that was acknowledged. */
  double await(EventLoop loop, List<DrainingAgent> agents) throws IOException {
    long begin = System.nanoTime();
    agents.forEach(DrainingAgent::claim);
    loop.runUntil(PATIENCE, "an empty queue", this::isEmpty);
    return jobs * 1e9 / (System.nanoTime() - begin);
  }
}
