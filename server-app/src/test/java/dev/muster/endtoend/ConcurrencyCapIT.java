package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A cap is the tenant's, whatever number of replicas and agents there are. */
class ConcurrencyCapIT {
  private static final int CAP_OF_FREE = 2;
  private static final int CLAIMERS = 50;
  private static final int JOBS = 60;
  private static final Duration RUNNING = Duration.ofSeconds(120);

  @AutoClose private static final Workshop WORKSHOP = new Workshop();

  @Test
  void a_tenant_on_free_never_has_three_jobs_running() throws Exception {
    Cluster cluster =
        WORKSHOP.later(
            Cluster.start(
                WORKSHOP,
                3,
                WORKSHOP.later(TestDatabase.open()),
                Map.of("MUSTER_LEASE_SECONDS", "3")));
    Operator operator = Operator.of(cluster.server(0));
    Customer frugal = operator.customer("frugal", "free", "shared");
    Running running = new Running();
    Thread sampling = Thread.ofVirtual().start(() -> sample(frugal, running));

    try (BusyAgents agents = new BusyAgents(job -> running.during(ConcurrencyCapIT::work))) {
      for (int i = 0; i < CLAIMERS; i++) {
        agents.start(operator.agent("claimer-" + i, 1).at(cluster.server(i)));
      }
      for (int submitted = 0; submitted < JOBS; submitted++) {
        submitWhenThereIsRoom(frugal);
        if (submitted == JOBS / 2) {
          cluster.server(2).program().kill();
          cluster.server(2).restart();
        }
      }
      Await.until(
          RUNNING,
          "all jobs to complete",
          () -> frugal.api().all("/api/v1/platform-jobs?status=completed").size() == JOBS);
      assertThat(agents.completed()).doesNotHaveDuplicates();
    } finally {
      sampling.interrupt();
      sampling.join();
    }

    assertThat(running.most()).isEqualTo(CAP_OF_FREE);
  }

  private static void work() {
    try {
      Await.forSure(Duration.ofMillis(30));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void submitWhenThereIsRoom(Customer frugal) throws Exception {
    Await.until(
        RUNNING,
        "room in the queue",
        () -> {
          ApiClient.Answer answer =
              frugal.api().post("/api/v1/platform-jobs", "{\"type\": \"t\", \"payload\": {}}");
          if (answer.status() == 429) {
            assertThat(answer.code()).isEqualTo("queue_full");
            return false;
          }
          answer.expect(201);
          return true;
        });
  }

  /** One answer is one moment: what is assigned or running in it was so at the same time. */
  private static void sample(Customer frugal, Running running) {
    try {
      while (true) {
        JsonNode page = frugal.api().get("/api/v1/platform-jobs?limit=100").expect(200);
        running.seen(
            (int)
                page.path("items")
                    .valueStream()
                    .filter(job ->
                        List.of("assigned", "running").contains(job.path("status").asString()))
                    .count());
        Await.forSure(Duration.ofMillis(20));
      }
    } catch (InterruptedException done) {
      Thread.currentThread().interrupt();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }
}
