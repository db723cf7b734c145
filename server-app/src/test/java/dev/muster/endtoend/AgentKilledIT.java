package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An agent that dies, hangs or stops in the middle of a job loses its work, and nobody else's. */
class AgentKilledIT {
  private static final Duration RUNNING = Duration.ofSeconds(60);

  private final Workshop workshop = new Workshop();
  private Operator operator;
  private Customer acme;
  private SlowTool tool;
  private AgentProcess first;
  private String firstId;
  private String secondId;
  private String job;

  /** The first has the job, the second waits. */
  @BeforeEach
  void start_a_server_and_two_agents() throws Exception {
    TestDatabase database = workshop.later(TestDatabase.open());
    ServerProcess server =
        workshop.later(
            ServerProcess.start(
                workshop.file("server.log"),
                List.of(database.environment(), Map.of("MUSTER_LEASE_SECONDS", "3"))));
    operator = Operator.of(server);
    acme = operator.customer("acme", "pro", "shared");
    tool = SlowTool.in(workshop);
    first = tool.agent(operator, "first");
    firstId = first.awaitOnline(operator);
    job = acme.submit(SlowTool.JOB);
    acme.awaitStatus(job, "running", RUNNING);
    Await.until(RUNNING, "the tool", () -> tool.running().size() > 1);
    secondId = tool.agent(operator, "second").awaitOnline(operator);
    tool.openGate();
  }

  @AfterEach
  void stop() throws Exception {
    workshop.close();
  }

  @Test
  void a_killed_agents_job_is_completed_by_another_once() throws Exception {
    first.program().kill();

    assertThat(tool.running()).as("what it left behind").isNotEmpty();
    JsonNode completed = completedBySecond();
    assertThat(completed.path("attempt").asInt()).isEqualTo(2);
    assertOutcomes("lease_lost", "completed");

    ApiClient.Answer late = first.impersonated(operator.api(), firstId).report(job, 1, "completed");
    assertThat(late.status()).as(late.text()).isEqualTo(409);
    assertThat(late.code()).isEqualTo("lease_lost");
    assertThat(settled(acme.job(job))).isEqualTo(settled(completed));
    assertCompletedOnce();

    first.restart();
    first.awaitOnline(operator);
    Await.until(RUNNING, "the leftovers to be gone", () -> tool.running().isEmpty());
  }

  @Test
  void an_agent_that_hung_learns_that_its_job_is_anothers_and_stops_it() throws Exception {
    first.program().pause();

    JsonNode completed = completedBySecond();
    assertThat(tool.running()).as("what hangs with it").isNotEmpty();
    first.program().resume();

    Await.until(RUNNING, "its tool to be stopped", () -> tool.running().isEmpty());
    first.awaitOnline(operator);
    assertThat(settled(acme.job(job))).isEqualTo(settled(completed));
    assertOutcomes("lease_lost", "completed");
    assertCompletedOnce();
  }

  /** What stays of a job that has ended; its priority is the formula's, which goes on. */
  private static JsonNode settled(JsonNode job) {
    ObjectNode settled = (ObjectNode) job.deepCopy();
    settled.remove("queue_priority");
    return settled;
  }

  @Test
  void an_agent_that_is_stopped_gives_its_job_back_and_costs_no_attempt() throws Exception {
    assertThat(first.program().terminate()).as(first.log()).isZero();

    assertThat(tool.running()).isEmpty();
    assertThat(completedBySecond().path("attempts_used").asInt()).isEqualTo(1);
    assertOutcomes("released", "completed");
  }

  private JsonNode completedBySecond() throws Exception {
    acme.awaitStatus(job, "completed", RUNNING);
    JsonNode completed = acme.job(job);
    assertThat(completed.path("agent_id").asString()).isEqualTo(secondId);
    return completed;
  }

  private void assertOutcomes(String... outcomes) throws Exception {
    assertThat(acme.attempts(job))
        .extracting(attempt -> attempt.path("outcome").asString())
        .containsExactlyInAnyOrder(outcomes);
  }

  private void assertCompletedOnce() throws Exception {
    assertThat(acme.audit(job))
        .filteredOn(entry -> entry.path("action").asString().equals("agent.task_completed"))
        .hasSize(1);
  }
}
