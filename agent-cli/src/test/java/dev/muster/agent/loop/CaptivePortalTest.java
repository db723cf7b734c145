package dev.muster.agent.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.fake.Answer;
import dev.muster.agent.fake.Awaiting;
import dev.muster.agent.fake.FakeServer;
import dev.muster.agent.fake.Strangers;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A network that answers for the server: nothing it says costs a job or stops the agent. */
class CaptivePortalTest {
  private static final String JOB = "018f0000-0000-7000-8000-000000000001";
  private static final String OTHER = "018f0000-0000-7000-8000-000000000002";
  private static final List<String> CALLS = List.of("claim", "heartbeat", "status", "logs");

  static List<Answer> strangers() {
    return Strangers.all();
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("strangers")
  void what_is_not_musters_is_never_taken_for_it(Answer stranger) throws Exception {
    try (FakeServer server = new FakeServer();
        RunningAgent agent = new RunningAgent(server, 1)) {
      server.submit(JOB, 1, 60);
      agent.work.awaitStart(JOB);
      CALLS.forEach(call -> server.always(call, stranger));
      agent.work.finish(JOB);
      Awaiting.until("three tries to report", () -> completions(server) >= 3);
      int beats = server.seen("heartbeat").size();
      Awaiting.until("two more heartbeats", () -> server.seen("heartbeat").size() > beats + 1);

      CALLS.forEach(call -> server.always(call, new Answer.Usual()));
      server.submit(OTHER, 1, 60);
      agent.work.finish(OTHER);
      server.awaitStatus(OTHER, "completed");

      assertThat(agent.work.started()).containsExactly(JOB + "#1", OTHER + "#1");
    }
  }

  private static long completions(FakeServer server) {
    return server.seen("status").stream()
        .filter(each -> each.path().contains(JOB))
        .filter(each -> each.body().path("status").asString("").equals("completed"))
        .count();
  }
}
