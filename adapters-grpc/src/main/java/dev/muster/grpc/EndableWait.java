package dev.muster.grpc;

import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.scheduling.JobDispatch;
import org.jspecify.annotations.Nullable;

/**
 * One claim whose wait somebody else may end. Only the wait is interrupted: what comes before it
 * talks to the database, where an interrupt would cost a connection. For one claim; thread-safe.
 */
final class EndableWait implements JobDispatch {
  private final JobDispatch dispatch;
  private @Nullable Thread waiting;
  private boolean ended;

  EndableWait(JobDispatch dispatch) {
    this.dispatch = dispatch;
  }

  @Override
  public Outcome<Claimed> claim(Caller caller, Claim claim) throws InterruptedException {
    begin();
    try {
      return dispatch.claim(caller, claim);
    } finally {
      over();
    }
  }

  /** Ends the wait, now or as soon as it begins. */
  synchronized void end() {
    ended = true;
    if (waiting != null) {
      waiting.interrupt();
    }
  }

  synchronized boolean isEnded() {
    return ended;
  }

  private synchronized void begin() throws InterruptedException {
    if (ended) {
      throw new InterruptedException();
    }
    waiting = Thread.currentThread();
  }

  /** An interrupt that came too late for the wait must not hit what comes after it. */
  private synchronized void over() {
    waiting = null;
    if (ended) {
      Thread.interrupted();
    }
  }
}
