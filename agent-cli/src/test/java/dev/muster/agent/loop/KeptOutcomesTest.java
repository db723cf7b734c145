package dev.muster.agent.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.connector.LogStream;
import dev.muster.agent.fake.Answer;
import dev.muster.agent.fake.Awaiting;
import dev.muster.agent.fake.FakeServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server could not or would not take is there for the next run of the agent. */
class KeptOutcomesTest {
  private static final String JOB = "018f0000-0000-7000-8000-000000000001";

  @TempDir private Path spool;
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
  void what_no_server_took_is_delivered_by_the_next_run_once() throws Exception {
    server.always("status", Answer.problem(503, "unavailable"));
    server.always("logs", Answer.problem(503, "unavailable"));
    try (RunningAgent agent = RunningAgent.spooling(server, spool)) {
      server.submit(JOB, 1, 60);
      agent.work.awaitStart(JOB).logLine(LogStream.STDOUT, "the last line");
      agent.work.finish(JOB);
      Awaiting.until("a try", () -> completions() > 0);
    }
    long tries = completions();
    int batches = server.seen("logs").size();
    assertThat(spool).isNotEmptyDirectory();

    server.always("status", new Answer.Usual());
    server.always("logs", new Answer.Usual());
    try (RunningAgent next = RunningAgent.spooling(server, spool)) {
      Awaiting.until("the outcome", () -> completions() == tries + 1);
      Awaiting.until("an empty spool", () -> spool.toFile().list().length == 0);
      assertThat(next.work.started()).isEmpty();
    }
    assertThat(server.seen("logs")).hasSize(batches + 1);
    assertThat(server.seen("logs").getLast().body().path("lines").path(0).path("text").asString())
        .isEqualTo("the last line");
    assertThat(completions()).isEqualTo(tries + 1);
  }

  @Test
  void an_outcome_that_a_refused_credential_kept_back_is_delivered_with_the_next_one()
      throws Exception {
    server.always("status", Answer.problem(401, "unauthenticated"));
    try (RunningAgent agent = RunningAgent.spooling(server, spool)) {
      server.submit(JOB, 1, 60);
      agent.work.finish(JOB);
      assertThat(agent.awaitEnd()).isEqualTo(StopReason.UNAUTHORIZED);
    }
    long tries = completions();
    assertThat(spool).isNotEmptyDirectory();

    server.always("status", new Answer.Usual());
    try (RunningAgent next = RunningAgent.spooling(server, spool)) {
      Awaiting.until("an empty spool", () -> spool.toFile().list().length == 0);
      assertThat(next.work.started()).isEmpty();
    }
    assertThat(completions()).isEqualTo(tries + 1);
  }

  @Test
  void what_is_refused_because_another_lives_under_the_name_is_kept_and_said_again()
      throws Exception {
    server.always("status", Answer.problem(409, "agent_name_in_use"));
    server.always("logs", Answer.problem(409, "agent_name_in_use"));
    try (RunningAgent agent = RunningAgent.spooling(server, spool)) {
      server.submit(JOB, 1, 60);
      agent.work.awaitStart(JOB).logLine(LogStream.STDOUT, "the last line");
      agent.work.finish(JOB);
      Awaiting.until("two tries", () -> server.seen("logs").size() > 1);
      server.always("logs", new Answer.Usual());
      Awaiting.until("a try", () -> completions() > 1);

      server.always("status", new Answer.Usual());
      Awaiting.until("an empty spool", () -> spool.toFile().list().length == 0);
    }
    assertThat(server.seen("logs").getLast().body().path("lines").path(0).path("text").asString())
        .isEqualTo("the last line");
    assertThat(server.seen("status").getLast().body().path("status").asString())
        .isEqualTo("completed");
  }

  @Test
  void an_outcome_of_an_earlier_run_outlasts_that_its_agent_is_disabled() throws Exception {
    server.always("status", Answer.problem(503, "unavailable"));
    try (RunningAgent agent = RunningAgent.spooling(server, spool)) {
      server.submit(JOB, 1, 60);
      agent.work.finish(JOB);
      Awaiting.until("a try", () -> completions() > 0);
    }

    server.always("status", Answer.problem(403, "agent_disabled"));
    try (RunningAgent next = RunningAgent.spooling(server, spool)) {
      long tries = completions();
      Awaiting.until("two more", () -> completions() > tries + 1);
      assertThat(spool).isNotEmptyDirectory();

      server.always("status", new Answer.Usual());
      Awaiting.until("an empty spool", () -> spool.toFile().list().length == 0);
      assertThat(next.work.started()).isEmpty();
    }
  }

  private long completions() {
    return server.seen("status").stream()
        .filter(each -> each.body().path("status").asString("").equals("completed"))
        .count();
  }
}
