package dev.muster.inline;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.LogLine;
import dev.muster.domain.job.Report;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.sandbox.ScriptLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class InlineWorkerTest {
  private static final int KIB = 1_024;
  private static final String FOR_EVER = "while (true) {}";

  private final ImaginedServer server = new ImaginedServer();
  private final InlineWorker worker = worker(2, List.of());

  @AfterEach
  void close() {
    worker.close();
  }

  @Test
  void a_script_is_run_and_its_log_and_result_are_told_under_its_attempt() throws Exception {
    worker.start();
    server.give(script("log('one\\ntwo'); return {sum: config.a + 2, odd: '\\u0000\\ud800'};"));

    assertThat(server.heard()).isEqualTo(new Report.Running(null));
    assertThat(server.heard())
        .isInstanceOfSatisfying(
            Report.Completed.class,
            done ->
                assertThat(done.result())
                    .startsWith(
                        "{\"value\":{\"sum\":42,\"odd\":\"\uFFFD\uFFFD\"},\"duration_ms\":"));
    assertThat(server.lines).extracting(LogLine::text).containsExactly("one", "two");
    assertThat(server.lines).extracting(LogLine::seq).containsExactly(1L, 2L);
  }

  @Test
  void nobody_enters_before_somebody_works_inline() throws Exception {
    server.needed = false;
    worker.start();
    server.await(() -> server.looks.get() > 0);
    assertThat(server.entered).hasValue(0);

    server.needed = true;
    server.await(() -> server.entered.get() == 1);
  }

  @Test
  void what_is_no_script_is_not_allowed_here_and_not_worth_another_attempt() throws Exception {
    worker.start();
    for (String payload :
        List.of(
            "{\"tool\": \"nmap\"}",
            "{\"connector\": \"http\", \"request\": {}}",
            "{\"connector\": \"script\"}",
            "{\"connector\": \"script\", \"source\": \"return 1\", \"files\": []}",
            "{\"connector\": \"script\", \"source\": \"return 1\", \"config\": [1]}",
            "{\"connector\": \"script\", \"source\": {\"a\": 1}}",
            "[]")) {
      server.give(payload);
      assertThat(server.heard()).isEqualTo(new Report.Running(null));
      assertFailed("not_allowed_here", false);
    }
  }

  @Test
  void a_tenant_that_works_inline_no_more_has_nothing_run_here() throws Exception {
    worker.start();
    server.inline = false;
    server.give(script("return 1;"));

    server.heard();
    assertFailed("not_allowed_here", false);
  }

  @Test
  void there_are_no_secrets_and_no_helpers_but_the_log() throws Exception {
    worker.start();
    server.give(script("return secret('vault://local/a/b');"));
    server.heard();
    assertFailed("not_allowed_here", false);

    server.give(script("return [typeof http, typeof ldap, typeof api, typeof log];"));
    server.heard();
    assertThat(((Report.Completed) server.heard()).result())
        .contains("[\"undefined\",\"undefined\",\"undefined\",\"function\"]");
  }

  @Test
  void a_hostile_script_ends_by_name_and_the_worker_goes_on() throws Exception {
    worker.start();
    assertEnds(FOR_EVER, "script_cpu_limit");
    assertEnds(
        "const all = []; while (true) { all.push('x'.repeat(100000)); }", "script_memory_limit");
    assertEnds("while (true) { log('x'.repeat(1000)); }", "script_output_limit");
    assertEnds("return 'x'.repeat(70000);", "script_result_too_large");
    assertEnds("return java.lang.System.exit(1);", "script_error");
    assertEnds("return require('fs').readFileSync('/etc/passwd');", "script_error");
    assertEnds(
        "return new (Function.prototype.constructor('return this')().Packages)();", "script_error");

    server.give(script("return 1;"));
    server.heard();
    assertThat(server.heard()).isInstanceOf(Report.Completed.class);
  }

  @Test
  void the_jvm_of_a_script_has_neither_environment_nor_folder_of_the_server() throws Exception {
    worker.start();
    server.give(script("log('here'); " + FOR_EVER));
    server.heard();
    server.await(() -> !server.lines.isEmpty());

    ProcessHandle child = ProcessHandle.current().descendants().findFirst().orElseThrow();
    Path process = Path.of("/proc/" + child.pid());
    assertThat(Files.readAllBytes(process.resolve("environ"))).isEmpty();
    Path folder = Files.readSymbolicLink(process.resolve("cwd"));
    assertThat(folder.toString()).contains("/muster-inline-");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_cancelled_job_is_ended_as_soon_as_the_worker_is_concerned() throws Exception {
    worker.start();
    Job job = server.give(script("log('here'); " + FOR_EVER));
    server.heard();
    server.await(() -> !server.lines.isEmpty());

    server.cancelled.add(job.id());
    worker.agentConcerned(new AgentId(new UUID(9, 1)));

    assertThat(server.heard()).isEqualTo(new Report.Cancelled());
    assertThat(server.renewed).containsEntry(job.id(), 2);
  }

  @Test
  void nothing_more_is_said_of_a_job_that_is_anothers_now() throws Exception {
    worker.start();
    Job job = server.give(script("log('here'); " + FOR_EVER));
    server.heard();
    server.await(() -> !server.lines.isEmpty());

    server.lost.add(job.id());
    worker.agentConcerned(new AgentId(new UUID(9, 1)));
    server.give(script("return 1;"));

    assertThat(server.heard()).as("of the next one").isEqualTo(new Report.Running(null));
    assertThat(server.heard()).isInstanceOf(Report.Completed.class);
  }

  @Test
  void no_more_jobs_are_asked_for_than_slots_are_free() throws Exception {
    worker.start();
    server.give(script("log('one'); " + FOR_EVER));
    server.give(script("log('two'); " + FOR_EVER));
    server.await(() -> server.lines.size() == 2);

    assertThat(server.asked).containsExactly(2, 1);
  }

  @Test
  void what_storage_did_not_take_is_said_again() throws Exception {
    worker.start();
    server.away.set(2);
    server.give(script("return 1;"));

    assertThat(server.heard()).isEqualTo(new Report.Running(null));
    assertThat(server.heard()).isInstanceOf(Report.Completed.class);
  }

  @Test
  void a_worker_that_is_known_no_more_drops_what_it_has_and_enters_anew() throws Exception {
    worker.start();
    server.give(script("log('here'); " + FOR_EVER));
    server.heard();
    server.await(() -> !server.lines.isEmpty());

    server.claims.add(Outcome.refused(Code.UNAUTHENTICATED, "who?"));
    server.await(() -> server.entered.get() == 2);
    server.give(script("return 1;"));

    assertThat(server.heard()).isEqualTo(new Report.Running(null));
    assertThat(server.heard()).isInstanceOf(Report.Completed.class);
  }

  @Test
  void a_server_that_stops_gives_back_what_it_runs_and_leaves() throws Exception {
    worker.start();
    server.give(script("log('here'); " + FOR_EVER));
    server.heard();
    server.await(() -> !server.lines.isEmpty());

    worker.close();

    assertThat(server.heard()).isEqualTo(new Report.Released());
    assertThat(server.left).containsExactly(new AgentId(new UUID(9, 1)));
  }

  @Test
  void a_job_whose_time_is_up_before_the_scripts_is_told_so() throws Exception {
    worker.start();
    server.give(script(FOR_EVER), Duration.ofMillis(600));

    server.heard();
    assertFailed("run_timeout", true);
  }

  @Test
  void a_script_sends_requests_where_the_operator_says_and_nowhere_else() throws Exception {
    HttpServer target = HttpServer.create(new InetSocketAddress(loopback(), 0), 0);
    target.createContext(
        "/",
        exchange -> {
          byte[] body = ("{\"method\": \"" + exchange.getRequestMethod() + "\"}").getBytes();
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.getResponseHeaders().add("Location", "http://elsewhere.example/");
          exchange.sendResponseHeaders(
              exchange.getRequestURI().getPath().equals("/go") ? 302 : 200, 0);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    target.start();
    int port = target.getAddress().getPort();
    String listed = "http://127.0.0.1:" + port;
    try (InlineWorker open = worker(1, List.of(AllowedServer.parse(listed), named(port)))) {
      open.start();
      server.give(script("return http({url: '" + listed + "/x', method: 'POST', body: {a: 1}});"));
      server.heard();
      assertThat(((Report.Completed) server.heard()).result())
          .contains("\"status\":200")
          .contains("\"body\":{\"method\":\"POST\"}");
      server.give(script("return http({url: '" + listed + "/go'}).status;"));
      server.heard();
      assertThat(((Report.Completed) server.heard()).result()).contains("\"value\":302");
      server.give(script("return http({url: 'http://127.0.0.2:" + port + "/'});"));
      server.heard();
      assertFailed("not_allowed_here", false);
    } finally {
      target.stop(0);
    }
  }

  private static InetAddress loopback() {
    return InetAddress.ofLiteral("127.0.0.1");
  }

  private static AllowedServer named(int port) {
    return AllowedServer.parse("http://localhost:" + port);
  }

  private void assertEnds(String source, String errorClass) throws InterruptedException {
    server.give(script(source));
    server.heard();
    assertFailed(errorClass, false);
  }

  private void assertFailed(String errorClass, boolean retryable) throws InterruptedException {
    assertThat(server.heard())
        .isInstanceOfSatisfying(
            Report.Failed.class,
            failed -> {
              assertThat(failed.error()).extracting(JobError::errorClass).isEqualTo(errorClass);
              assertThat(failed.retryable()).isEqualTo(retryable);
            });
  }

  private static String script(String source) {
    JsonMapper json = JsonMapper.builder().build();
    return json.writeValueAsString(
        json.createObjectNode()
            .put("connector", "script")
            .put("source", source)
            .set("config", json.createObjectNode().put("a", 40)));
  }

  private InlineWorker worker(int slots, List<AllowedServer> servers) {
    ScriptLimits limits =
        new ScriptLimits(
            32,
            Duration.ofSeconds(60),
            Duration.ofSeconds(4),
            256 * KIB,
            256 * KIB,
            64 * KIB,
            64 * KIB,
            20);
    return new InlineWorker(
        server.asServer(),
        new InlineSettings("here", slots, limits, servers, Duration.ofSeconds(20)));
  }
}
