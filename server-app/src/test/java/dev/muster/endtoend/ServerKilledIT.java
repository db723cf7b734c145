package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A server that is killed loses no job, and completes none twice. */
class ServerKilledIT {
  private static final int JOBS = 200;
  private static final int CAP_OF_ENTERPRISE = 50;
  private static final Duration RUNNING = Duration.ofSeconds(120);

  @AutoClose private static final Workshop WORKSHOP = new Workshop();

  @Test
  void jobs_in_the_middle_of_which_the_server_is_killed_all_end_once() throws Exception {
    TestDatabase database = WORKSHOP.later(TestDatabase.open());
    ServerProcess server =
        WORKSHOP.later(
            ServerProcess.start(
                WORKSHOP.file("server.log"),
                List.of(database.environment(), Map.of("MUSTER_LEASE_SECONDS", "3"))));
    Operator operator = Operator.of(server);
    Customer acme = operator.customer("acme", "enterprise", "shared");
    List<String> jobs = new ArrayList<>();
    for (int i = 0; i < JOBS; i++) {
      jobs.add(acme.submit("{\"type\": \"t\", \"payload\": {\"n\": %d}}".formatted(i)));
    }

    try (BusyAgents agents = new BusyAgents(job -> {})) {
      for (int i = 0; i < 5; i++) {
        agents.start(operator.agent("agent-" + i, 10));
      }
      for (int kill = 1; kill <= 2; kill++) {
        int enough = kill * JOBS / 4;
        Await.until(RUNNING, "work to be done", () -> agents.completed().size() >= enough);
        server.program().kill();
        server.restart();
      }
      Await.until(RUNNING, "all jobs to end", () -> completedOf(acme).size() == JOBS);
      assertThat(agents.completed()).doesNotHaveDuplicates();
    }

    assertThat(completedOf(acme)).containsExactlyInAnyOrderElementsOf(jobs);
    assertThat(acme.api().all("/api/v1/audit-events?action=agent.task_completed"))
        .extracting(entry -> entry.path("resource").path("id").asString())
        .containsExactlyInAnyOrderElementsOf(jobs);
    for (String job : jobs) {
      assertThat(acme.attempts(job))
          .filteredOn(attempt -> attempt.path("outcome").asString("").equals("completed"))
          .as(job)
          .hasSize(1);
    }
    assertCountersAreRight(operator, acme);
  }

  private static List<String> completedOf(Customer acme) throws Exception {
    return acme.api().all("/api/v1/platform-jobs?status=completed").stream()
        .map(job -> job.path("id").asString())
        .toList();
  }

  /** What is counted shows in what it limits: nothing is leased, and the whole cap is free. */
  private static void assertCountersAreRight(Operator operator, Customer acme) throws Exception {
    JsonNode stats = operator.api().get("/api/v1/admin/platform-agents/stats").expect(200);
    assertThat(stats.path("leased").asInt(-1)).isZero();
    for (int i = 0; i < CAP_OF_ENTERPRISE + 5; i++) {
      acme.submit("{\"type\": \"t\", \"payload\": {}}");
    }
    SimulatedAgent greedy = operator.agent("greedy", 100);
    assertThat(greedy.claim(100)).hasSize(CAP_OF_ENTERPRISE);
  }

  @Test
  void a_killed_servers_own_database_is_taken_over_by_the_next_one() throws Exception {
    Path folder = WORKSHOP.file("database");
    Path pidFile = folder.resolve("data/postmaster.pid");
    ServerProcess server =
        WORKSHOP.later(
            ServerProcess.start(
                WORKSHOP.file("embedded.log"),
                List.of(Map.of("MUSTER_EMBEDDED_DB", folder.toString()))));
    Customer acme = Operator.of(server).customer("acme", "pro", "shared");
    String job = acme.submit("{\"type\": \"t\", \"payload\": {}}");
    long orphan = pidIn(pidFile);

    server.program().kill();

    assertThat(Processes.with(folder.toString())).as("what it left behind").contains(orphan);
    server.restart();
    assertThat(pidIn(pidFile)).isNotEqualTo(orphan);
    assertThat(acme.status(job)).isEqualTo("queued");

    server.program().terminate();
    assertThat(Processes.with(folder.toString())).as("what a stopped server leaves").isEmpty();
    assertThat(Files.exists(pidFile)).isFalse();
  }

  @Test
  void a_server_whose_own_database_is_killed_goes_on_by_itself() throws Exception {
    Path folder = WORKSHOP.file("killed-database");
    Path pidFile = folder.resolve("data/postmaster.pid");
    ServerProcess server =
        WORKSHOP.later(
            ServerProcess.start(
                WORKSHOP.file("killed-database.log"),
                List.of(Map.of("MUSTER_EMBEDDED_DB", folder.toString()))));
    Operator operator = Operator.of(server);
    Customer acme = operator.customer("acme", "pro", "shared");
    SimulatedAgent agent = operator.agent("patient", 1);
    String job = acme.submit("{\"type\": \"t\", \"payload\": {}}");
    long killed = pidIn(pidFile);

    ProcessHandle.of(killed).orElseThrow().destroyForcibly();

    // For a moment there is none, or an empty one.
    Await.until(RUNNING, "its end to be seen", () -> runsAnew(pidFile, killed));
    Await.until(RUNNING, "the server to be ready", () -> acme.api().reaches("/readyz"));
    assertThat(acme.status(job)).isEqualTo("queued");
    Await.until(RUNNING, "the job to be given out", () -> !agent.claim(1).isEmpty());
  }

  private static boolean runsAnew(Path pidFile, long killed) {
    try {
      return pidIn(pidFile) != killed;
    } catch (Exception notYet) {
      return false;
    }
  }

  private static long pidIn(Path pidFile) throws Exception {
    return Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
  }
}
