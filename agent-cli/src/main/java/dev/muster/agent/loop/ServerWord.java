package dev.muster.agent.loop;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What the server says that is not for the loops themselves. Thread-safe. */
public final class ServerWord {
  private final CountDownLatch answered = new CountDownLatch(1);
  private final Semaphore updateAsked = new Semaphore(0);

  ServerWord() {}

  /** Waits until Muster itself has answered a poll of this run; false where it does not in time. */
  public boolean awaitAnswer(Duration patience) throws InterruptedException {
    return answered.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Waits until the server asks the agent to look for another version, or the time has passed. */
  public void awaitUpdateAsked(Duration patience) throws InterruptedException {
    if (updateAsked.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      updateAsked.drainPermits();
    }
  }

  void pollAnswered() {
    answered.countDown();
  }

  /** Returns whether nobody had asked since the last look. */
  boolean askUpdate() {
    boolean news = updateAsked.availablePermits() == 0;
    if (news) {
      updateAsked.release();
    }
    return news;
  }
}
