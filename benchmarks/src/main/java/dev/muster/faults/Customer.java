package dev.muster.faults;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** A tenant that wants so many jobs done, and asks for each until it has been promised. */
final class Customer {
  private static final int CREATED = 201;
  private static final long BEFORE_RETRY_MILLIS = 50;
  private static final String[] PRIORITIES = {"critical", "high", "normal", "low"};

  private final UUID tenant;
  private final Caller caller;
  private final Seen seen;
  private final Random random;

  Customer(UUID tenant, Caller caller, Seen seen, Random random) {
    this.tenant = tenant;
    this.caller = caller;
    this.seen = seen;
    this.random = random;
  }

  /** Submits jobs with short pauses; a few are cancelled again. */
  void submit(int jobs, int longestPauseMillis) throws InterruptedException {
    for (int number = 0; number < jobs; number++) {
      boolean repeatable = random.nextBoolean();
      String priority = PRIORITIES[random.nextInt(PRIORITIES.length)];
      boolean cancel = random.nextInt(100) < 4;
      Thread.sleep(random.nextInt(longestPauseMillis));
      UUID job = submit(number, priority, repeatable);
      if (cancel) {
        caller.post("/api/v1/platform-jobs/" + job + "/cancel", "{}");
      }
    }
  }

  private UUID submit(int number, String priority, boolean repeatable) throws InterruptedException {
    String body =
        "{\"type\": \"t\", \"payload\": {\"n\": %d}, \"priority\": \"%s\", \"max_attempts\": 20}"
            .formatted(number, priority);
    Map<String, String> headers =
        repeatable ? Map.of("Idempotency-Key", tenant + "-" + number) : Map.of();
    for (int tries = 1; ; tries++) {
      List<Caller.Reply> replies = caller.post("/api/v1/platform-jobs", body, headers);
      for (Caller.Reply reply : replies) {
        if (reply.status() == CREATED) {
          UUID job = UUID.fromString(reply.body().path("job").path("id").asString());
          seen.add(new Seen.Submitted(job, tenant, number, tries, repeatable));
          return job;
        }
      }
      Thread.sleep(BEFORE_RETRY_MILLIS);
    }
  }
}
