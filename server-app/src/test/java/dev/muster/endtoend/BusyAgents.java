package dev.muster.endtoend;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Simulated agents that take jobs and complete them, and try again where a server is away, as the
 * real one does: until the server takes an outcome, or says that the lease is lost.
 */
final class BusyAgents implements AutoCloseable {
  private static final int AT_ONCE = 3;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> working = new ArrayList<>();
  private final ConcurrentLinkedQueue<String> completed = new ConcurrentLinkedQueue<>();
  private final Consumer<JsonNode> work;
  private volatile boolean stopped;

  /**
   * Agents that do {@code work} for each job.
   *
   * @param work what takes time between claim and completion
   */
  BusyAgents(Consumer<JsonNode> work) {
    this.work = work;
  }

  /** Has one more agent work, in a thread of its own. */
  void start(SimulatedAgent agent) {
    working.add(threads.submit(() -> work(agent)));
  }

  /** The ids of the jobs whose completion a server took, each time that one did. */
  List<String> completed() {
    return List.copyOf(completed);
  }

  private Void work(SimulatedAgent agent) throws Exception {
    while (!stopped) {
      try {
        for (JsonNode job : agent.claim(AT_ONCE)) {
          work.accept(job);
          complete(agent, job);
        }
      } catch (IOException away) {
        Await.forSure(Duration.ofMillis(50));
      } catch (AssertionError notNow) {
        if (!notNow.getMessage().contains("503")) {
          throw notNow;
        }
      }
    }
    return null;
  }

  private void complete(SimulatedAgent agent, JsonNode job) throws Exception {
    while (!stopped) {
      try {
        ApiClient.Answer answer = agent.report(job, "completed");
        if (answer.status() == 200) {
          completed.add(job.path("id").asString());
        }
        if (answer.status() != 503) {
          return;
        }
      } catch (IOException away) {
        Await.forSure(Duration.ofMillis(50));
      }
    }
  }

  /** Stops them; fails where one of them met what it cannot deal with. */
  @Override
  public void close() throws Exception {
    stopped = true;
    for (Future<?> each : working) {
      try {
        each.get(30, TimeUnit.SECONDS);
      } catch (ExecutionException failure) {
        throw new AssertionError("an agent gave up", failure.getCause());
      }
    }
    threads.shutdownNow();
  }
}
