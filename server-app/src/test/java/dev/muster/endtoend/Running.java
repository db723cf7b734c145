package dev.muster.endtoend;

import java.util.concurrent.atomic.AtomicInteger;

/** How many jobs run at this moment, and the most that ever did. Thread-safe. */
final class Running {
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  /** Counts one for as long as the work lasts, which is less than the server counts it. */
  void during(Runnable work) {
    seen(now.incrementAndGet());
    try {
      work.run();
    } finally {
      now.decrementAndGet();
    }
  }

  /** Somebody else counted. */
  void seen(int counted) {
    most.accumulateAndGet(counted, Math::max);
  }

  int most() {
    return most.get();
  }
}
