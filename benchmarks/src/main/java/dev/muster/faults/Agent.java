package dev.muster.faults;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One life of an agent: claims in batches, works, renews its leases, reports until a server takes
 * or refuses what it says. {@link #die()} drops everything in the middle.
 */
final class Agent {
  private static final String AGENT = "/api/v1/platform-agent/";
  private static final int OK = 200;
  private static final int LONGEST_WORK_MILLIS = 60;
  private static final int MILLIS = 1_000;

  /**
   * Who it is.
   *
   * @param beatSeconds how often it renews its leases; it claims anew as often
   * @param forgetful whether it may claim without an id, so that an answer that is lost is found
   *     out by heartbeats only
   * @param clockOffBySeconds how wrong its clock is
   * @param pauses what lies between its tries
   */
  record Identity(
      UUID id,
      Caller caller,
      int slots,
      int beatSeconds,
      boolean forgetful,
      long clockOffBySeconds,
      Pauses.Range pauses) {}

  private record Held(UUID job, int attempt) {}

  private final Identity self;
  private final Seen seen;
  private final Random random;
  private final Map<Held, Boolean> held = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Agent(Identity self, Seen seen, Random random) {
    this.self = self;
    this.seen = seen;
    this.random = random;
  }

  void start() {
    threads.execute(() -> untilDeath(this::claimAlways));
    threads.execute(() -> untilDeath(this::beatAlways));
  }

  /** Everything that it does ends at once, its connections too; it tells nobody. */
  void die() {
    threads.shutdownNow();
  }

  private interface Doing {
    void go() throws InterruptedException;
  }

  private static void untilDeath(Doing what) {
    try {
      what.go();
    } catch (InterruptedException died) {
      Thread.currentThread().interrupt();
    }
  }

  private void claimAlways() throws InterruptedException {
    boolean repeatable = !self.forgetful() || random.nextInt(4) > 0;
    String claimId = UUID.randomUUID().toString();
    Pauses pauses = pauses();
    while (true) {
      int free = self.slots() - held.size();
      if (free <= 0) {
        Thread.sleep(2);
        continue;
      }
      List<Caller.Reply> replies =
          self.caller().post(AGENT + "jobs/claim", claimOf(free, repeatable ? claimId : null));
      for (Caller.Reply reply : replies) {
        if (reply.status() == OK) {
          claimId = UUID.randomUUID().toString();
          reply.body().path("jobs").forEach(job -> take(job, reply.received()));
        }
      }
      if (replies.stream().anyMatch(reply -> reply.status() == OK)) {
        pauses.over();
      } else {
        pauses.pause();
      }
    }
  }

  private Pauses pauses() {
    return new Pauses(self.pauses(), new Random(random.nextLong()));
  }

  private String claimOf(int jobs, @Nullable String claimId) {
    String named = claimId == null ? "" : ", \"claim_id\": \"" + claimId + "\"";
    return "{\"max_jobs\": %d, \"wait_seconds\": %d%s}".formatted(jobs, self.beatSeconds(), named);
  }

  private void take(JsonNode json, long received) {
    Held job = new Held(UUID.fromString(json.path("id").asString()), json.path("attempt").asInt());
    seen.add(new Seen.Told(job.job(), job.attempt(), self.id(), received));
    int millis = random.nextInt(LONGEST_WORK_MILLIS);
    int ending = random.nextInt(100);
    if (held.putIfAbsent(job, true) == null) {
      threads.execute(() -> untilDeath(() -> work(job, millis, ending)));
    }
  }

  private void work(Held job, int millis, int ending) throws InterruptedException {
    if (ending % 3 == 0) {
      say(job, "running", ", \"progress\": {\"percent\": 50}");
      log(job);
    }
    Thread.sleep(millis);
    if (ending < 4) {
      say(
          job,
          "failed",
          ", \"error\": {\"class\": \"broken\", \"message\": \"m\", \"retryable\": false}");
    } else if (ending < 10) {
      say(job, "released", "");
    } else {
      String by = ", \"result\": {\"by\": \"%s\", \"attempt\": %d}";
      say(job, "completed", by.formatted(self.id(), job.attempt()));
    }
    held.remove(job);
  }

  /** Says it until somebody has heard it, or the server says that the job is not its any more. */
  private void say(Held job, String status, String more) throws InterruptedException {
    String body = "{\"attempt\": %d, \"status\": \"%s\"%s}".formatted(job.attempt(), status, more);
    Pauses pauses = pauses();
    while (held.containsKey(job)) {
      List<Caller.Reply> replies =
          self.caller().post(AGENT + "jobs/" + job.job() + "/status", body);
      for (Caller.Reply reply : replies) {
        seen.add(
            new Seen.Answered(
                job.job(),
                job.attempt(),
                self.id(),
                status,
                reply.status(),
                reply.sent(),
                reply.received()));
      }
      if (replies.stream().anyMatch(reply -> reply.status() != OK)) {
        held.remove(job);
      }
      if (!replies.isEmpty()) {
        return;
      }
      pauses.pause();
    }
  }

  /** The only place where an agent says what time it is. */
  private void log(Held job) throws InterruptedException {
    Instant at = Instant.now().plusSeconds(self.clockOffBySeconds());
    self.caller()
        .post(
            AGENT + "jobs/" + job.job() + "/logs",
            ("{\"attempt\": %d, \"lines\": [{\"seq\": 1, \"stream\": \"stdout\", \"at\": \"%s\","
                    + " \"text\": \"t\"}]}")
                .formatted(job.attempt(), at));
  }

  private void beatAlways() throws InterruptedException {
    while (true) {
      String jobs =
          held.keySet().stream()
              .map(job -> "{\"id\": \"%s\", \"attempt\": %d}".formatted(job.job(), job.attempt()))
              .collect(Collectors.joining(", "));
      for (Caller.Reply reply :
          self.caller().post(AGENT + "heartbeat", "{\"active_jobs\": [" + jobs + "]}")) {
        reply
            .body()
            .path("cancel")
            .forEach(id -> threads.execute(() -> untilDeath(() -> cancel(id))));
      }
      Thread.sleep((long) self.beatSeconds() * MILLIS);
    }
  }

  private void cancel(JsonNode id) throws InterruptedException {
    for (Held job : held.keySet()) {
      if (job.job().toString().equals(id.asString())) {
        say(job, "cancelled", "");
        held.remove(job);
      }
    }
  }
}
