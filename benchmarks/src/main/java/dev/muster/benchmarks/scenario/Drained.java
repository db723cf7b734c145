package dev.muster.benchmarks.scenario;

import dev.muster.benchmarks.fleet.Percentiles;
import dev.muster.benchmarks.wire.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Counts what is done of a queue that is being emptied. */
final class Drained {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final int jobs;
  private final List<Long> claims = new ArrayList<>();
  private int done;

  Drained(int jobs) {
    this.jobs = jobs;
  }

  void add(int count) {
    done += count;
  }

  /** How long a claim was under way that was given jobs. */
  void claimTook(long nanos) {
    claims.add(nanos);
  }

  /** All claims. */
  Percentiles claims() {
    return Percentiles.of(claims.stream().mapToLong(Long::longValue).toArray());
  }

  boolean isEmpty() {
    return done >= jobs;
  }

  /** Jobs a second, from the first claim to the last result that was acknowledged. */
  double await(EventLoop loop, List<DrainingAgent> agents) throws IOException {
    long begin = System.nanoTime();
    agents.forEach(DrainingAgent::claim);
    loop.runUntil(PATIENCE, "an empty queue", this::isEmpty);
    double rate = jobs * 1e9 / (System.nanoTime() - begin);
    loop.runUntil(
        PATIENCE, "the last polls", () -> agents.stream().allMatch(DrainingAgent::hasStopped));
    return rate;
  }
}
