package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A server that is told to stop leaves nobody waiting. */
class ServerStoppedIT {
  private static final long WITHIN_SECONDS = 10;

  @AutoClose private static final Workshop WORKSHOP = new Workshop();

  @Test
  void parked_polls_are_answered_with_nothing_and_jobs_stay() throws Exception {
    ServerProcess server =
        WORKSHOP.later(
            ServerProcess.start(
                WORKSHOP.file("server.log"),
                List.of(WORKSHOP.later(TestDatabase.open()).environment())));
    Operator operator = Operator.of(server);
    Customer acme = operator.customer("acme", "pro", "shared");
    SimulatedAgent agent = operator.agent("waiting", 1);
    CompletableFuture<ApiClient.Answer> poll = agent.poll(1, 30);
    Await.forSure(Duration.ofMillis(500));
    long told = System.nanoTime();

    server.program().terminate();

    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - told)).isLessThan(WITHIN_SECONDS);
    JsonNode answer = poll.get(1, TimeUnit.SECONDS).expect(200);
    assertThat(answer.path("no_job_available").asBoolean()).isTrue();
    assertThat(server.program().log()).contains("event=stopped").doesNotContain("\tat ");

    server.restart();
    String job = acme.submit("{\"type\": \"t\", \"payload\": {}}");
    assertThat(agent.claim(1)).extracting(got -> got.path("id").asString()).containsExactly(job);
  }
}
