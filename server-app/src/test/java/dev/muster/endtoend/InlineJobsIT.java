package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Jobs that the server runs itself, on two replicas without any agent. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InlineJobsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(240);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String FOR_EVER = "log('here'); while (true) {}";

  @AutoClose private static final Workshop WORKSHOP = new Workshop();
  private static Cluster cluster;
  private static Operator operator;
  private static Customer acme;

  @BeforeAll
  static void start_two_servers() throws Exception {
    cluster =
        WORKSHOP.later(
            Cluster.start(
                WORKSHOP,
                2,
                WORKSHOP.later(TestDatabase.open()),
                Map.of(
                    "MUSTER_LEASE_SECONDS", "9",
                    "MUSTER_INLINE_SLOTS", "1",
                    "MUSTER_INLINE_HEAP_MIB", "32",
                    "MUSTER_INLINE_TIME_SECONDS", "600",
                    "MUSTER_INLINE_CPU_SECONDS", "10")));
    operator = Operator.of(cluster.server(0));
    acme = operator.customer("acme", "pro", "shared");
    operator
        .api()
        .call("PATCH", "/api/v1/admin/tenants/acme", "{\"worker_mode\": \"inline\"}")
        .expect(200);
  }

  @Test
  @Order(1)
  void a_job_is_run_by_the_server_with_its_log_and_result_and_under_the_eyes_of_the_audit_log()
      throws Exception {
    String job = submit("log('hello ' + config.name); return {sum: 40 + 2};");

    acme.awaitStatus(job, "completed", PATIENCE);

    assertThat(acme.job(job).path("result").path("value").path("sum").asInt()).isEqualTo(42);
    assertThat(acme.api().get("/api/v1/platform-jobs/" + job + "/logs").expect(200).toString())
        .contains("hello Ada");
    assertThat(acme.audit(job))
        .filteredOn(entry -> entry.path("action").asString().startsWith("agent.task_"))
        .hasSize(2)
        .allMatch(entry -> entry.path("actor").path("name").asString().startsWith("inline-"));
    assertThat(operator.api().all("/api/v1/admin/platform-agents")).isEmpty();
    assertThat(operator.api().all("/api/v1/workers")).isEmpty();
  }

  @Test
  @Order(2)
  void what_is_no_script_and_what_is_hostile_is_refused_by_name_and_the_server_goes_on()
      throws Exception {
    String tool = acme.submit("{\"type\": \"t\", \"payload\": {\"tool\": \"nmap\"}}");
    assertFails(tool, "not_allowed_here");
    assertFails(submit("return secret('vault://local/a/b');"), "not_allowed_here");
    assertFails(submit("while (true) {}"), "script_cpu_limit");
    assertFails(
        submit("const all = []; while (true) { all.push('x'.repeat(100000)); }"),
        "script_memory_limit");
    assertFails(submit("return java.lang.System.getenv();"), "script_error");
    assertFails(submit("return require('fs').readFileSync('/etc/passwd');"), "script_error");

    String after = submit("return 'still here';");
    acme.awaitStatus(after, "completed", PATIENCE);
    assertThat(cluster.server(0).program().isAlive()).isTrue();
    assertThat(cluster.server(1).program().isAlive()).isTrue();
  }

  @Test
  @Order(3)
  void a_job_that_waits_says_for_what_and_a_cancel_reaches_the_script() throws Exception {
    List<String> running = List.of(submit(FOR_EVER), submit(FOR_EVER));
    for (String job : running) {
      acme.awaitStatus(job, "running", PATIENCE);
    }
    String waiting = submit("return 1;");

    assertThat(reasons(waiting)).contains("inline_slots_full");
    for (String job : running) {
      acme.api().post("/api/v1/platform-jobs/" + job + "/cancel", "{}").expect(200);
      acme.awaitStatus(job, "cancelled", PATIENCE);
    }
    acme.awaitStatus(waiting, "completed", PATIENCE);
  }

  @Test
  @Order(4)
  void the_script_of_a_replica_that_is_killed_dies_with_it_and_the_other_does_the_job()
      throws Exception {
    String job =
        submit(
            "const until = Date.now() + 6000; log('begun'); while (Date.now() < until) {}"
                + " return 'done';");
    acme.awaitStatus(job, "running", PATIENCE);
    Await.until(PATIENCE, "its JVM", () -> sandboxesOf(0).size() + sandboxesOf(1).size() > 0);
    int killed = sandboxesOf(0).isEmpty() ? 1 : 0;
    List<ProcessHandle> scripts = sandboxesOf(killed);
    ServerProcess other = cluster.server(killed + 1);
    Customer survivor = new Customer(acme.id(), acme.api().at(other));

    cluster.server(killed).program().kill();

    Await.until(
        PATIENCE, "its script to end", () -> scripts.stream().noneMatch(ProcessHandle::isAlive));
    survivor.awaitStatus(job, "completed", PATIENCE);
    assertThat(survivor.attempts(job))
        .extracting(attempt -> attempt.path("outcome").asString())
        .contains("lease_lost", "completed");
    assertThat(survivor.job(job).path("result").path("value").asString()).isEqualTo("done");
    Await.until(
        PATIENCE,
        "the worker of the dead replica to be gone",
        () ->
            !operator
                .api()
                .at(other)
                .all("/api/v1/admin/audit-events?action=agent.inline_left")
                .isEmpty());
  }

  private static List<ProcessHandle> sandboxesOf(int server) {
    return ProcessHandle.of(cluster.server(server).program().pid()).stream()
        .flatMap(ProcessHandle::descendants)
        .filter(process -> isSandbox(Path.of("/proc/" + process.pid() + "/cmdline")))
        .toList();
  }

  private static boolean isSandbox(Path commandLine) {
    try {
      return Files.readString(commandLine).contains("dev.muster.sandbox.child.Child");
    } catch (IOException gone) {
      return false;
    }
  }

  private static void assertFails(String job, String errorClass) throws Exception {
    acme.awaitStatus(job, "failed", PATIENCE);
    assertThat(acme.job(job).path("error").path("class").asString()).isEqualTo(errorClass);
  }

  private static List<String> reasons(String job) throws Exception {
    JsonNode explained = acme.api().get("/api/v1/platform-jobs/" + job + "/explain").expect(200);
    return explained.path("reasons").valueStream().map(r -> r.path("code").asString()).toList();
  }

  private static String submit(String source) throws Exception {
    String payload =
        JSON.writeValueAsString(
            JSON.createObjectNode()
                .put("connector", "script")
                .put("source", source)
                .set("config", JSON.createObjectNode().put("name", "Ada")));
    return acme.submit("{\"type\": \"script\", \"payload\": %s}".formatted(payload));
  }
}
