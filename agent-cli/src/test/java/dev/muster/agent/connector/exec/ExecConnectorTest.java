package dev.muster.agent.connector.exec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.connector.ConnectorOutcome;
import dev.muster.agent.connector.Workbench;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ExecConnectorTest {
  private static final String SECRET = "s3cret/value+1";
  private static final String VAULT =
      """
      {"tools/key": {"value": "%s",
                     "for": {"tools": {"taker": {"target": "*.example.com"},
                                       "filer": {}, "reader": {}, "flood": {},
                                       "endless": {}}}}}
      """
          .formatted(SECRET);

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void makeTools() throws Exception {
    script("show", "for a in \"$@\"; do printf '[%s]' \"$a\"; done; env | sort >&2; pwd >&2");
    script(
        "taker",
        "printf 'got %s for %s\\n' \"$KEY\" \"$1\"; printf %s \"$KEY\" | base64; exit ${2:-0}");
    script("filer", "stat -c %a \"$1\"; cat \"$1\"; ls -d \"$PWD\"");
    script("reader", "printf 'read '; cat; printf ' and to stderr' >&2");
    script("flood", "yes \"$KEY\" | head -c 3000000; echo done >&2");
    script("endless", "echo first; yes \"$KEY\" | tr -d '\\n' | head -c 30000");
    script("hang", "trap '' TERM; echo up; while :; do sleep 1; done");
    bench =
        new Workbench(
            folder,
            """
            exec:
              tools:
                show:
                  command: [%1$s/show, [-p, "{ports}"], "-t={templates}", "{joined}", "{target}"]
                  parameters:
                    target: "[a-z.$();|& *-]+"
                    ports: {pattern: "[0-9,]+", required: false}
                    templates: {pattern: "[a-z]+", list: true, required: false}
                    joined: {pattern: "[a-z]+", list: true, join: ",", required: false}
                  environment: {PATH: /usr/bin:/bin, FOR: "{target}", TMPDIR: "{work-folder}"}
                taker:
                  command: [%1$s/taker, "{target}", "{code}"]
                  parameters: {target: "[a-z.]+", code: {pattern: "[0-9]", required: false}}
                  secrets: {key: {environment: KEY}}
                  environment: {PATH: /usr/bin:/bin}
                  retry-exit-codes: [4]
                filer:
                  command: [%1$s/filer, "{secret-file:key}"]
                  secrets: {key: {file: true}}
                  environment: {PATH: /usr/bin:/bin}
                reader:
                  command: [%1$s/reader]
                  secrets: {key: {stdin: true}}
                  environment: {PATH: /usr/bin:/bin}
                flood:
                  command: [%1$s/flood]
                  secrets: {key: {environment: KEY}}
                  environment: {PATH: /usr/bin:/bin}
                  output-limit-bytes: 2000
                endless:
                  command: [%1$s/endless]
                  secrets: {key: {environment: KEY}}
                  environment: {PATH: /usr/bin:/bin}
                  output-limit-bytes: 2000
                hang:
                  command: [%1$s/hang]
                  environment: {PATH: /usr/bin:/bin}
                short:
                  command: [%1$s/hang]
                  environment: {PATH: /usr/bin:/bin}
                  time-limit-seconds: 1
                missing:
                  command: [/nowhere/at/all]
            """
                .formatted(folder),
            VAULT);
  }

  @Test
  void a_tool_runs_with_its_arguments_and_no_shell_looks_at_them() throws Exception {
    JsonNode result = bench.completed("{\"tool\": \"show\", \"target\": \"$(id); a | b & *\"}");
    assertThat(result.path("stdout").asString()).isEqualTo("[$(id); a | b & *]");
    assertThat(result.path("exit_code").intValue()).isZero();
    assertThat(result.path("stdout_truncated").booleanValue()).isFalse();
    assertThat(bench.lines()).contains("stdout [$(id); a | b & *]");
  }

  @Test
  void groups_lists_and_joined_lists_fill_their_places() throws Exception {
    JsonNode result =
        bench.completed(
            """
            {"connector": "exec", "tool": "show", "target": "host", "ports": "1,2",
             "templates": ["cves", "dns"], "joined": ["x", "y"]}
            """);
    assertThat(result.path("stdout").asString()).isEqualTo("[-p][1,2][-t=cves][-t=dns][x,y][host]");
  }

  @Test
  void the_environment_and_the_folder_are_the_jobs_own() throws Exception {
    JsonNode result = bench.completed("{\"tool\": \"show\", \"target\": \"host\"}");
    assertThat(result.path("stderr").asString().lines())
        .filteredOn(line ->
            !line.startsWith("PWD=")
                && !line.startsWith("_=")
                && !line.startsWith("SHLVL=")
                && !line.startsWith("OLDPWD"))
        .hasSize(5)
        .anyMatch(line -> line.equals("FOR=host"))
        .anyMatch(line -> line.equals("PATH=/usr/bin:/bin"))
        .anyMatch(line -> line.startsWith("MUSTER_JOB=") && line.endsWith(":1:" + bench.instance()))
        .anyMatch(line -> line.startsWith("TMPDIR=" + bench.workFolder()))
        .anyMatch(line -> line.startsWith(bench.workFolder().toString()));
    assertThat(bench.workFolder()).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"tool\": \"other\"}",
        "{\"tool\": \"show\", \"target\": \"host\", \"extra\": \"x\"}",
        "{\"tool\": \"show\", \"target\": \"HOST\"}",
        "{\"tool\": \"show\", \"target\": \"-oN\"}",
        "{\"tool\": \"show\", \"target\": \"host\\n\"}",
        "{\"tool\": \"show\", \"target\": [\"host\", \"host\"]}",
        "{\"tool\": \"show\", \"target\": \"host\", \"ports\": \"vault://local/tools/key\"}",
        "{\"connector\": \"exec\", \"tool\": \"\"}",
        "{\"connector\": \"http\", \"tool\": \"show\", \"target\": \"host\"}",
        "{\"connector\": 1, \"tool\": \"show\", \"target\": \"host\"}",
        "{}"
      })
  void what_the_configuration_does_not_list_is_refused(String payload) throws Exception {
    assertThat(bench.failed(payload).errorClass()).isEqualTo("not_allowed_here");
    assertThat(bench.failed(payload).retryable()).isFalse();
  }

  @Test
  void a_missing_parameter_and_a_missing_program_are_told_apart() throws Exception {
    assertThat(bench.failed("{\"tool\": \"show\"}").errorClass()).isEqualTo("invalid_payload");
    assertThat(bench.failed("{\"tool\": \"missing\"}").errorClass()).isEqualTo("tool_not_found");
  }

  @Test
  void a_secret_reaches_the_tool_by_its_environment_and_comes_back_redacted() throws Exception {
    JsonNode result =
        bench.completed(
            "{\"tool\": \"taker\", \"target\": \"a.example.com\", \"key\": \"vault://local/tools/key\"}");
    assertThat(result.path("stdout").asString())
        .isEqualTo("got [redacted] for a.example.com\n[redacted]\n");
    assertThat(bench.lines().toString())
        .contains("got [redacted]")
        .doesNotContain(SECRET)
        .doesNotContain(Base64.getEncoder().encodeToString(SECRET.getBytes(UTF_8)));
  }

  @Test
  void a_secret_reaches_the_tool_by_a_private_file() throws Exception {
    JsonNode result =
        bench.completed("{\"tool\": \"filer\", \"key\": \"vault://local/tools/key\"}");
    assertThat(result.path("stdout").asString()).startsWith("600\n[redacted]");
  }

  @Test
  void a_secret_reaches_the_tool_by_its_standard_input() throws Exception {
    JsonNode result =
        bench.completed("{\"tool\": \"reader\", \"key\": \"vault://local/tools/key\"}");
    assertThat(result.path("stdout").asString()).isEqualTo("read [redacted]");
    assertThat(result.path("stderr").asString()).isEqualTo(" and to stderr");
    assertThat(bench.completed("{\"tool\": \"reader\"}").path("stdout").asString())
        .isEqualTo("read ");
  }

  @Test
  void a_secret_is_not_given_to_a_tool_with_other_parameters() throws Exception {
    ConnectorOutcome.Failed failed =
        bench.failed(
            "{\"tool\": \"taker\", \"target\": \"evil.org\", \"key\": \"vault://local/tools/key\"}");
    assertThat(failed.errorClass()).isEqualTo("secret_not_allowed_for_target");
    assertThat(
            bench
                .failed(
                    "{\"tool\": \"taker\", \"target\": \"a.example.com\", \"code\": \"1\", \"key\": \"vault://local/tools/key\"}")
                .errorClass())
        .isEqualTo("secret_not_allowed_for_target");
    assertThat(
            bench
                .failed("{\"tool\": \"reader\", \"key\": \"vault://local/tools/other\"}")
                .message())
        .isEqualTo("vault://local/tools/other");
  }

  @Test
  void an_exit_code_that_is_no_success_fails_the_job() throws Exception {
    ConnectorOutcome.Failed three =
        bench.failed("{\"tool\": \"taker\", \"target\": \"x\", \"code\": 3}");
    assertThat(three.errorClass()).isEqualTo("tool_failed");
    assertThat(three.message()).contains("exit code 3");
    assertThat(three.retryable()).isFalse();
    assertThat(bench.failed("{\"tool\": \"taker\", \"target\": \"x\", \"code\": 4}").retryable())
        .isTrue();
  }

  @Test
  void a_flood_is_cut_without_stopping_the_tool_and_without_revealing_half_a_secret()
      throws Exception {
    JsonNode result =
        bench.completed("{\"tool\": \"flood\", \"key\": \"vault://local/tools/key\"}");
    assertThat(result.path("stdout_truncated").booleanValue()).isTrue();
    assertThat(result.path("stdout").asString().replace("[redacted]", "").strip()).isEmpty();
    assertThat(result.path("stderr").asString()).isEqualTo("done\n");
    assertThat(bench.lines()).anyMatch(line -> line.contains("what follows its first 2000 bytes"));
    assertThat(bench.lines().toString()).doesNotContain("s3cret");
  }

  @Test
  void a_line_that_was_cut_is_left_out_of_the_result_with_whatever_secret_it_began()
      throws Exception {
    JsonNode result =
        bench.completed("{\"tool\": \"endless\", \"key\": \"vault://local/tools/key\"}");
    assertThat(result.path("stdout_truncated").booleanValue()).isTrue();
    assertThat(result.path("stdout").asString()).isEqualTo("first\n");
  }

  @Test
  void a_tool_whose_time_is_up_is_killed() throws Exception {
    assertThat(bench.failed("{\"tool\": \"short\"}").errorClass()).isEqualTo("run_timeout");
    assertThat(bench.withTimeout(Duration.ofMillis(300)).failed("{\"tool\": \"hang\"}").retryable())
        .isTrue();
  }

  @Test
  void a_job_cancelled_before_it_began_is_cancelled() throws Exception {
    bench.cancellation().cancel();
    assertThat(bench.run("{\"tool\": \"hang\"}"))
        .isEqualTo(new ConnectorOutcome.Cancelled(true, "all of its processes have ended"));
  }

  private void script(String name, String text) throws Exception {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
