package dev.muster.agent.loop;

import dev.muster.agent.connector.ConnectorOutcome;
import dev.muster.agent.journal.Journal;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Watches over the work of one job: ends it when its time is up, and does not wait for ever for
 * work that will not stop.
 */
final class WorkWatch {
  private static final Journal JOURNAL = Journal.of("job");

  private final HeldJob job;
  private final Duration patience;
  private final CompletableFuture<ConnectorOutcome> done = new CompletableFuture<>();

  /**
   * A watch.
   *
   * @param patience how long the work may take to stop once it is asked to
   */
  WorkWatch(HeldJob job, Duration patience) {
    this.job = job;
    this.patience = patience;
  }

  /** Runs the work on a thread of its own and waits for its outcome. */
  ConnectorOutcome run(Callable<ConnectorOutcome> work) throws InterruptedException {
    if (job.ending() != Ending.OWN) {
      return new ConnectorOutcome.Cancelled(true, "never started");
    }
    Thread worker = Thread.ofVirtual().name("job-" + job.lease().job()).start(() -> work(work));
    try {
      CompletableFuture.anyOf(done, job.ended())
          .get(job.job().runTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException timeIsUp) {
      job.end(Ending.TIMED_OUT);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } catch (InterruptedException stopped) {
      job.end(Ending.LOST);
      worker.interrupt();
      throw stopped;
    }
    return outcome(worker);
  }

  private ConnectorOutcome outcome(Thread worker) throws InterruptedException {
    try {
      return done.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException stuck) {
      worker.interrupt();
    }
    try {
      return done.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException stuck) {
      JOURNAL.error("work_stuck", "job", job.lease().job());
      return new ConnectorOutcome.Cancelled(false, "the work did not stop when asked to");
    }
  }

  private void work(Callable<ConnectorOutcome> work) {
    try {
      done.complete(work.call());
    } catch (InterruptedException stopped) {
      done.complete(new ConnectorOutcome.Cancelled(true, "interrupted"));
    } catch (Exception | Error defect) {
      // Its text may hold a secret; its kind does not.
      JOURNAL.error("work_broke_down", "job", job.lease().job(), "kind", defect.getClass());
      done.complete(
          new ConnectorOutcome.Failed(
              "connector_failed", "broke down: " + defect.getClass().getSimpleName(), true));
    }
  }
}
