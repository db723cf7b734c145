package dev.muster.agent.connector.exec;

import dev.muster.agent.connector.Cancellation;
import dev.muster.agent.connector.JobContext;
import dev.muster.agent.process.ToolProcess;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for a program's end, whatever brings it about, and leaves nothing of it running. */
final class ToolRun {
  /** How it came to its end; the last two have had to be stopped. */
  enum End {
    EXITED,
    CANCELLED,
    OUT_OF_TIME
  }

  /**
   * How it ended.
   *
   * @param left the ids of the processes that could not be killed
   */
  record Ending(End end, Set<Long> left) {}

  private ToolRun() {}

  static Ending await(ToolProcess process, JobContext context, Duration left, Duration grace)
      throws InterruptedException {
    try {
      End end = awaitEnd(process, context, left);
      return new Ending(end, process.stop(grace));
    } catch (InterruptedException e) {
      process.stop(Duration.ZERO);
      throw e;
    }
  }

  private static End awaitEnd(ToolProcess process, JobContext context, Duration left)
      throws InterruptedException {
    CompletableFuture<End> end = process.exit().thenApply(code -> End.EXITED);
    long millis = Math.max(1, left.toMillis());
    try (Cancellation.Registration hook =
        context.cancellation().onCancel(() -> end.complete(End.CANCELLED))) {
      return end.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return End.OUT_OF_TIME;
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for a program does not fail", e);
    }
  }
}
