package dev.muster.agent.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.fake.Awaiting;
import dev.muster.agent.fake.FakeServer;
import dev.muster.agent.fake.LoadBalancer;
import dev.muster.agent.fake.LoadBalancer.Manner;
import dev.muster.agent.fake.Seen;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Something on the way that cuts what is quiet: 20 s are usual, here they are fewer. */
class LoadBalancerTest {
  private static final String JOB = "018f0000-0000-7000-8000-000000000001";

  private FakeServer server;

  @BeforeEach
  void startServer() throws Exception {
    server = new FakeServer();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"END", "RESET"})
  void a_parked_poll_that_is_cut_is_opened_again_with_three_quarters_of_its_life(Manner manner)
      throws Exception {
    Duration idle = Duration.ofMillis(2_800);
    try (LoadBalancer way = new LoadBalancer(server.url(), idle, manner);
        RunningAgent agent = RunningAgent.through(way.url(), Duration.ofSeconds(20))) {
      server.awaitCall("claim", body -> waits(body) == 20);
      Awaiting.until("a cut", () -> server.seen("claim").size() > 1);
      Seen again = server.seen("claim").get(1);
      assertThat(waits(again.body())).isEqualTo(2);
      assertThat(claimId(again)).isEqualTo(claimId(server.seen("claim").getFirst()));

      Awaiting.until("polls that survive", () -> server.seen("claim").size() > 3);
      server.submit(JOB, 1, 60);
      agent.work.finish(JOB);
      server.awaitStatus(JOB, "completed");

      List<String> ids = server.seen("claim").stream().map(LoadBalancerTest::claimId).toList();
      assertThat(ids.stream().distinct()).hasSize(ids.size() - 1);
      assertThat(agent.work.started()).containsExactly(JOB + "#1");
    }
  }

  @Test
  void a_job_that_was_granted_to_a_poll_which_was_dropped_in_silence_is_not_lost()
      throws Exception {
    Duration idle = Duration.ofMillis(1_500);
    try (LoadBalancer way = new LoadBalancer(server.url(), idle, Manner.SILENCE);
        RunningAgent agent = RunningAgent.through(way.url(), Duration.ofSeconds(3))) {
      Awaiting.until("silence", () -> way.cuts() > 0);
      server.submit(JOB, 1, 60);
      agent.work.finish(JOB);

      server.awaitStatus(JOB, "completed");
      assertThat(claimId(server.seen("claim").get(1)))
          .isEqualTo(claimId(server.seen("claim").getFirst()));
      assertThat(waits(server.seen("claim").get(1).body())).isEqualTo(2);
      assertThat(agent.work.started()).containsExactly(JOB + "#1");
    }
  }

  private static int waits(tools.jackson.databind.JsonNode claim) {
    return claim.path("wait_seconds").asInt();
  }

  private static String claimId(Seen claim) {
    return claim.body().path("claim_id").asString();
  }
}
