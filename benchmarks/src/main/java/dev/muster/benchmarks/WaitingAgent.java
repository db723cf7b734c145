package dev.muster.benchmarks;

import dev.muster.outside.Api;
import dev.muster.outside.UnexpectedException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** An agent that always has a poll open, notes when a job comes, and completes it. */
final class WaitingAgent implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  private final Api api;
  private final BlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::run);

  private WaitingAgent(Api api) {
    this.api = api;
  }

  static WaitingAgent start(Api api) {
    WaitingAgent agent = new WaitingAgent(api);
    agent.thread.start();
    return agent;
  }

  /** When the next job came, by {@link System#nanoTime()}. */
  long nextArrival() throws InterruptedException {
    Long arrival = arrivals.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (arrival == null) {
      throw new IllegalStateException("no job came");
    }
    return arrival;
  }

  private void run() {
    try {
      work();
    } catch (UnexpectedException ended) {
      // Closing interrupts the open poll; anything else shows as a job that never comes.
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    while (!Thread.currentThread().isInterrupted()) {
      JsonNode answer =
          api.post("/api/v1/platform-agent/jobs/claim", "{\"max_jobs\": 1, \"wait_seconds\": 30}");
      long now = System.nanoTime();
      for (JsonNode job : answer.path("jobs")) {
        api.post(
            "/api/v1/platform-agent/jobs/" + job.path("id").asString() + "/status",
            "{\"attempt\": %d, \"status\": \"completed\", \"result\": {}}"
                .formatted(job.path("attempt").asInt()));
        arrivals.add(now);
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
