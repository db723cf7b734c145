package dev.muster.agent.loop;

import dev.muster.agent.connector.Assignment;
import dev.muster.agent.connector.Cancellation;
import dev.muster.agent.connector.ConnectorOutcome;
import dev.muster.agent.connector.JobReports;
import dev.muster.agent.fake.Awaiting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import tools.jackson.databind.node.JsonNodeFactory;

/** Work that a test finishes when it likes; stops when cancelled, unless it is stubborn. */
final class FakeWork implements Work {
  private final Map<String, CompletableFuture<ConnectorOutcome>> running =
      new ConcurrentHashMap<>();
  private final Map<String, JobReports> reports = new ConcurrentHashMap<>();
  private final List<String> started = new CopyOnWriteArrayList<>();
  volatile boolean stubborn;
  volatile ConnectorOutcome whenCancelled = new ConnectorOutcome.Cancelled(true, "stopped");

  @Override
  public ConnectorOutcome run(
      Assignment assignment, JobReports job, Cancellation cancellation, Instant deadline)
      throws InterruptedException {
    String id = assignment.jobId().toString();
    CompletableFuture<ConnectorOutcome> outcome = new CompletableFuture<>();
    reports.put(id, job);
    running.put(id, outcome);
    started.add(id + "#" + assignment.attempt());
    if (!stubborn) {
      cancellation.onCancel(() -> outcome.complete(whenCancelled));
    }
    try {
      return outcome.get();
    } catch (ExecutionException broken) {
      throw new IllegalStateException(broken.getCause());
    }
  }

  JobReports awaitStart(String id) {
    Awaiting.until("start of " + id, () -> running.containsKey(id));
    return reports.get(id);
  }

  List<String> started() {
    return started;
  }

  void finish(String id) {
    awaitStart(id);
    running
        .get(id)
        .complete(
            new ConnectorOutcome.Completed(JsonNodeFactory.instance.objectNode().put("open", 22)));
  }

  void finish(String id, ConnectorOutcome outcome) {
    awaitStart(id);
    running.get(id).complete(outcome);
  }

  void breakDown(String id) {
    awaitStart(id);
    running.get(id).completeExceptionally(new IllegalStateException("s3cret"));
  }
}
