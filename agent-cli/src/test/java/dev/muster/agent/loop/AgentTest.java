package dev.muster.agent.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.connector.ConnectorOutcome;
import dev.muster.agent.connector.LogStream;
import dev.muster.agent.fake.Answer;
import dev.muster.agent.fake.Awaiting;
import dev.muster.agent.fake.FakeServer;
import dev.muster.agent.fake.Seen;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class AgentTest {
  private static final String JOB = "018f0000-0000-7000-8000-000000000001";
  private static final String OTHER = "018f0000-0000-7000-8000-000000000002";

  private FakeServer server;

  @BeforeEach
  void startServer() throws Exception {
    server = new FakeServer();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void a_job_is_claimed_run_and_reported_under_its_attempt() throws Exception {
    try (RunningAgent agent = new RunningAgent(server, 2)) {
      server.submit(JOB, 3, 60);
      agent.work.finish(JOB);

      Seen report = server.awaitStatus(JOB, "completed");
      assertThat(report.body().path("attempt").asInt()).isEqualTo(3);
      assertThat(report.body().path("result").path("open").asInt()).isEqualTo(22);
      assertThat(report.headers().getFirst("Authorization")).isEqualTo("Bearer mst_agent_x");
      assertThat(report.headers().getFirst("X-Agent-Instance"))
          .isEqualTo(new java.util.UUID(1, 2).toString());
      assertThat(server.seen("claim").getFirst().body().path("max_jobs").asInt()).isEqualTo(2);
    }
  }

  @Test
  void log_lines_arrive_before_the_outcome_numbered_from_one() throws Exception {
    try (RunningAgent agent = new RunningAgent(server, 1)) {
      server.submit(JOB, 1, 60);
      agent.work.awaitStart(JOB).logLine(LogStream.STDOUT, "one");
      agent.work.awaitStart(JOB).logLine(LogStream.STDERR, "t\0wo");
      agent.work.finish(JOB);
      server.awaitStatus(JOB, "completed");

      List<String> lines =
          server.seen("logs").stream()
              .flatMap(call -> call.body().path("lines").valueStream())
              .map(line ->
                  line.path("seq") + line.path("stream").asString() + line.path("text").asString())
              .toList();
      assertThat(lines).containsExactly("1stdoutone", "2stderrt\ufffdwo");
    }
  }

  @Test
  void progress_is_reported_while_the_job_runs() throws Exception {
    try (RunningAgent agent = new RunningAgent(server, 1)) {
      server.submit(JOB, 1, 60);
      agent.work.awaitStart(JOB).progress(40, "half of it");
      Seen report =
          server.awaitCall("status", body -> body.path("progress").path("percent").asInt(0) == 40);
      assertThat(report.body().path("status").asString()).isEqualTo("running");
      agent.work.finish(JOB);
    }
  }

  @Test
  void a_claim_whose_answer_was_lost_is_repeated_under_the_same_id() throws Exception {
    server.submit(JOB, 1, 60);
    server.next("claim", new Answer.HangUp(true));
    try (RunningAgent agent = new RunningAgent(server, 1)) {
      agent.work.finish(JOB);
      server.awaitStatus(JOB, "completed");

      List<String> ids = server.seen("claim").stream().map(AgentTest::claimId).toList();
      assertThat(ids.get(1)).isEqualTo(ids.get(0));
      assertThat(agent.work.started()).containsExactly(JOB + "#1");
    }
  }

  @Test
  void a_full_agent_polls_for_no_jobs_and_asks_again_as_soon_as_a_slot_frees() throws Exception {
    try (RunningAgent agent = new RunningAgent(server, 1)) {
      server.submit(JOB, 1, 60);
      agent.work.awaitStart(JOB);
      server.awaitCall("claim", body -> body.path("max_jobs").asInt() == 0);
      server.submit(OTHER, 1, 60);
      agent.work.finish(JOB);
      agent.work.finish(OTHER);
      server.awaitStatus(OTHER, "completed");
    }
  }

  @Test
  void a_poll_that_is_cut_while_parked_is_reopened_at_once_and_shorter() throws Exception {
    server.next("claim", new Answer.Cut(Duration.ofMillis(2_800)));
    try (RunningAgent agent = RunningAgent.polling(server, Duration.ofSeconds(20))) {
      server.awaitCall("claim", body -> body.path("wait_seconds").asInt() == 2);
      List<Seen> claims = server.seen("claim");
      assertThat(claims.getFirst().body().path("wait_seconds").asInt()).isEqualTo(20);
      assertThat(claimId(claims.get(1))).isEqualTo(claimId(claims.get(0)));
      server.submit(JOB, 1, 60);
      agent.work.finish(JOB);
      server.awaitStatus(JOB, "completed");
    }
  }

  @Test
  void an_outcome_is_repeated_until_the_server_has_taken_it() throws Exception {
    try (RunningAgent agent = new RunningAgent(server, 1)) {
      server.submit(JOB, 1, 60);
      agent.work.awaitStart(JOB);
      server.next("status", Answer.problem(500, "internal"));
      server.next("status", new Answer.HangUp(false));
      server.next("status", Answer.loginPage());
      server.next(
          "status", new Answer.Sent(404, "text/html", "<html>no such page</html>", Map.of()));
      agent.work.finish(JOB);
      Awaiting.until("five completions", () -> completions() == 5);
    }
  }

  @Test
  void an_outcome_whose_lease_is_lost_is_not_repeated() throws Exception {
    try (RunningAgent agent = new RunningAgent(server, 1)) {
      server.submit(JOB, 1, 60);
      agent.work.awaitStart(JOB);
      server.next("status", Answer.problem(409, "lease_lost"));
      agent.work.finish(JOB);
      server.submit(OTHER, 1, 60);
      agent.work.awaitStart(OTHER);
      assertThat(completions()).isEqualTo(1);
    }
  }

  @Test
  void a_result_that_the_server_refuses_fails_the_job_instead_of_leaving_it_to_time_out()
      throws Exception {
    try (RunningAgent agent = new RunningAgent(server, 1)) {
      server.submit(JOB, 1, 60);
      agent.work.awaitStart(JOB);
      server.next("status", Answer.problem(422, "invalid"));
      agent.work.finish(JOB);
      Seen report = server.awaitStatus(JOB, "failed");
      assertThat(report.body().path("error").path("class").asString()).isEqualTo("result_refused");
    }
  }

  @Test
  void a_result_that_is_too_large_fails_the_job() throws Exception {
    try (RunningAgent agent = new RunningAgent(server, 1)) {
      server.submit(JOB, 1, 60);
      agent.work.finish(
          JOB,
          new ConnectorOutcome.Completed(
              JsonNodeFactory.instance.objectNode().put("out", "x".repeat(4 * 1024 * 1024))));
      Seen report = server.awaitStatus(JOB, "failed");
      assertThat(report.body().path("error").path("class").asString())
          .isEqualTo("result_too_large");
    }
  }

  @Test
  void a_cancel_by_control_message_stops_the_work_and_is_acknowledged() throws Exception {
    try (RunningAgent agent = new RunningAgent(server, 1)) {
      server.submit(JOB, 1, 60);
      agent.work.awaitStart(JOB);
      server.control("{\"type\":\"cancel\",\"job_id\":\"" + JOB + "\",\"attempt\":1}");
      server.awaitStatus(JOB, "cancelled");
    }
  }

  @Test
  void a_cancel_of_an_older_attempt_does_not_touch_the_newer_one() throws Exception {
    try (RunningAgent agent = new RunningAgent(server, 1)) {
      server.submit(JOB, 2, 60);
      agent.work.awaitStart(JOB);
      server.control("{\"type\":\"cancel\",\"job_id\":\"" + JOB + "\",\"attempt\":1}");
      Awaiting.until("control taken", () -> server.seen("claim").size() > 3);
      agent.work.finish(JOB);
      server.awaitStatus(JOB, "completed");
    }
  }

  @Test
  void a_cancel_by_heartbeat_stops_the_work_and_is_acknowledged() throws Exception {
    try (RunningAgent agent = new RunningAgent(server, 1)) {
      server.submit(JOB, 1, 60);
      agent.work.awaitStart(JOB);
      server.awaitCall("heartbeat", body -> !body.path("active_jobs").isEmpty());
      server.cancelByHeartbeat(JOB);
      server.awaitStatus(JOB, "cancelled");
    }
  }

  @Test
  void a_cancel_that_leaves_something_running_is_reported_as_that() throws Exception {
    try (RunningAgent agent = new RunningAgent(server, 1)) {
      agent.work.whenCancelled = new ConnectorOutcome.Cancelled(false, "pid 4711 is alive");
      server.submit(JOB, 1, 60);
      agent.work.awaitStart(JOB);
      server.control("{\"type\":\"cancel\",\"job_id\":\"" + JOB + "\",\"attempt\":1}");
      Seen report = server.awaitStatus(JOB, "failed");
      assertThat(report.body().path("error").path("class").asString())
          .isEqualTo("cancel_unconfirmed");
      assertThat(report.body().path("error").path("message").asString()).contains("4711");
    }
  }

  @Test
  void a_lost_lease_stops_the_work_and_nothing_is_reported() throws Exception {
    try (RunningAgent agent = new RunningAgent(server, 1)) {
      server.submit(JOB, 1, 60);
      agent.work.awaitStart(JOB);
      server.awaitCall("heartbeat", body -> !body.path("active_jobs").isEmpty());
      server.loseByHeartbeat(JOB);
      server.submit(OTHER, 1, 60);
      agent.work.finish(OTHER);
      server.awaitStatus(OTHER, "completed");
      assertThat(server.seen("status").stream().filter(each -> each.path().contains(JOB)))
          .allMatch(each -> each.body().path("status").asString().equals("running"));
    }
  }

  @Test
  void work_that_outlives_its_run_timeout_fails_with_that() throws Exception {
    try (RunningAgent agent = new RunningAgent(server, 1)) {
      server.submit(JOB, 1, 1);
      Seen report = server.awaitStatus(JOB, "failed");
      assertThat(report.body().path("error").path("class").asString()).isEqualTo("run_timeout");
    }
  }

  @Test
  void work_that_ignores_its_cancellation_is_interrupted() throws Exception {
    try (RunningAgent agent = new RunningAgent(server, 1)) {
      agent.work.stubborn = true;
      server.submit(JOB, 1, 60);
      agent.work.awaitStart(JOB);
      server.control("{\"type\":\"cancel\",\"job_id\":\"" + JOB + "\",\"attempt\":1}");
      server.awaitStatus(JOB, "cancelled");
    }
  }

  @Test
  void a_connector_that_breaks_down_fails_its_job_without_telling_its_message() throws Exception {
    try (RunningAgent agent = new RunningAgent(server, 1)) {
      server.submit(JOB, 1, 60);
      agent.work.breakDown(JOB);
      Seen report = server.awaitStatus(JOB, "failed");
      assertThat(report.body().path("error").path("class").asString())
          .isEqualTo("connector_failed");
      assertThat(report.body().toString()).doesNotContain("s3cret");
    }
  }

  @Test
  void a_draining_agent_finishes_its_jobs_and_takes_none_until_it_is_resumed() throws Exception {
    try (RunningAgent agent = new RunningAgent(server, 2)) {
      server.submit(JOB, 1, 60);
      agent.work.awaitStart(JOB);
      server.control("{\"type\":\"drain\"}");
      server.awaitCall("claim", body -> body.path("max_jobs").asInt() == 0);
      agent.work.finish(JOB);
      server.awaitStatus(JOB, "completed");
      server.control("{\"type\":\"resume\"}");
      server.submit(OTHER, 1, 60);
      agent.work.finish(OTHER);
      server.awaitStatus(OTHER, "completed");
    }
  }

  @Test
  void an_agent_told_to_stop_lets_its_jobs_finish_within_the_grace() throws Exception {
    try (RunningAgent agent =
        new RunningAgent(server, 1, Duration.ofSeconds(10), Duration.ofSeconds(5))) {
      server.submit(JOB, 1, 60);
      agent.work.awaitStart(JOB);
      agent.stop();
      server.awaitCall("heartbeat", body -> body.path("draining").asBoolean());
      agent.work.finish(JOB);
      assertThat(agent.awaitEnd()).isEqualTo(StopReason.REQUESTED);
      server.awaitStatus(JOB, "completed");
    }
  }

  @Test
  void an_agent_told_to_stop_gives_back_what_does_not_finish_in_time() throws Exception {
    try (RunningAgent agent = new RunningAgent(server, 1)) {
      server.submit(JOB, 1, 60);
      agent.work.awaitStart(JOB);
      agent.stop();
      assertThat(agent.awaitEnd()).isEqualTo(StopReason.REQUESTED);
      server.awaitStatus(JOB, "released");
    }
  }

  @Test
  void a_refused_credential_stops_the_agent_and_its_work() throws Exception {
    try (RunningAgent agent = new RunningAgent(server, 1)) {
      server.submit(JOB, 1, 60);
      agent.work.awaitStart(JOB);
      server.always("heartbeat", Answer.problem(401, "unauthorized"));
      assertThat(agent.awaitEnd()).isEqualTo(StopReason.UNAUTHORIZED);
    }
  }

  @Test
  void a_login_page_with_401_is_not_believed() throws Exception {
    server.next("claim", new Answer.Sent(401, "text/html", "<html>log in</html>", Map.of()));
    server.next("heartbeat", new Answer.Sent(401, "text/html", "<html>log in</html>", Map.of()));
    try (RunningAgent agent = new RunningAgent(server, 1)) {
      server.submit(JOB, 1, 60);
      agent.work.finish(JOB);
      server.awaitStatus(JOB, "completed");
    }
  }

  @Test
  void a_disabled_agent_stops_its_work_and_goes_on_beating() throws Exception {
    try (RunningAgent agent = new RunningAgent(server, 1)) {
      server.submit(JOB, 1, 60);
      agent.work.awaitStart(JOB);
      server.always("claim", Answer.problem(403, "agent_disabled"));
      server.always("heartbeat", Answer.problem(403, "agent_disabled"));
      server.awaitCall("heartbeat", body -> !body.path("active_jobs").isEmpty());
      int before = server.seen("heartbeat").size();
      Awaiting.until("work is lost", () -> server.seen("heartbeat").size() > before + 1);
      server.always("claim", new Answer.Usual());
      server.always("heartbeat", new Answer.Usual());
      server.submit(OTHER, 1, 60);
      agent.work.finish(OTHER);
      server.awaitStatus(OTHER, "completed");
      assertThat(completions()).isEqualTo(1);
    }
  }

  @Test
  void a_silent_server_is_given_up_and_asked_again() throws Exception {
    server.next("heartbeat", new Answer.Silence());
    try (RunningAgent agent =
        new RunningAgent(server, 1, Duration.ofMillis(50), Duration.ofMillis(300))) {
      Awaiting.until("a second heartbeat", () -> server.seen("heartbeat").size() >= 2);
    }
  }

  @Test
  void a_newer_attempt_of_a_held_job_ends_the_older_one() throws Exception {
    try (RunningAgent agent = new RunningAgent(server, 2)) {
      server.submit(JOB, 1, 60);
      agent.work.awaitStart(JOB);
      server.submit(JOB, 2, 60);
      Awaiting.until("both started", () -> agent.work.started().contains(JOB + "#2"));
      agent.work.finish(JOB);
      Seen report = server.awaitStatus(JOB, "completed");
      assertThat(report.body().path("attempt").asInt()).isEqualTo(2);
      assertThat(completions()).isEqualTo(1);
    }
  }

  private long completions() {
    return server.seen("status").stream()
        .filter(each -> each.body().path("status").asString("").equals("completed"))
        .count();
  }

  private static String claimId(Seen claim) {
    return claim.body().path("claim_id").asString();
  }
}
