package dev.muster.agent.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.fake.Awaiting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the kernel's own groups, and a tool that strips off all else by which it could be found. */
class GroupedToolTest {
  /** Forks twice into a session of its own without environment; what started it is gone then. */
  private static final String VANISHING =
      """
      (env -i /usr/bin/setsid /bin/sh -c 'trap "" TERM; echo $$ >pid.tmp; mv pid.tmp pid
      while :; do /bin/sleep 1; done' >/dev/null 2>&1 &)
      while [ ! -e pid ]; do :; done
      """;

  private static final Map<String, String> PATH = Map.of("PATH", "/usr/bin:/bin");

  @TempDir private Path folder;
  private RealGroup group;

  @BeforeEach
  void makeGroup() throws Exception {
    group = RealGroup.make();
  }

  @AfterEach
  void removeGroup() throws Exception {
    if (Files.exists(folder.resolve("pid"))) {
      ProcessHandle.of(vanished()).ifPresent(ProcessHandle::destroyForcibly);
    }
    group.close();
  }

  @Test
  void a_tool_that_left_session_environment_and_parent_is_found_and_killed() throws Exception {
    ToolProcess tool = start(JobGroups.in(group.folder(), "one"), VANISHING);
    assertThat(tool.exit().get()).isZero();
    assertThat(runs(vanished())).isTrue();

    assertThat(tool.stop(Duration.ofMillis(50))).isEmpty();

    Awaiting.until("its end", () -> !runs(vanished()));
    assertThat(group.folder().resolve("muster-agent-one"))
        .isDirectoryNotContaining(Files::isDirectory);
  }

  @Test
  void without_a_group_it_gets_away() throws Exception {
    ToolProcess tool = start(JobGroups.NONE, VANISHING);
    assertThat(tool.exit().get()).isZero();

    tool.stop(Duration.ZERO);

    assertThat(runs(vanished())).isTrue();
  }

  @Test
  void what_an_earlier_run_of_the_agent_left_is_reaped_and_what_others_left_is_not()
      throws Exception {
    ToolProcess left = start(JobGroups.in(group.folder(), "one"), VANISHING);
    assertThat(left.exit().get()).isZero();
    JobGroups others = JobGroups.in(group.folder(), "two");

    assertThat(LeftoverProcesses.reap("nobody", others, Duration.ZERO)).isEmpty();
    assertThat(runs(vanished())).isTrue();
    JobGroups again = JobGroups.in(group.folder(), "one");
    assertThat(LeftoverProcesses.reap("nobody", again, Duration.ofMillis(50))).isEmpty();

    Awaiting.until("its end", () -> !runs(vanished()));
    assertThat(group.folder().resolve("muster-agent-one")).doesNotExist();
  }

  @Test
  void a_tool_is_in_its_group_before_it_runs_and_has_the_listed_environment_only()
      throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ToolCommand command =
        Commands.of(
            folder, Map.of("B", "1"), "/bin/cat", "/proc/self/cgroup", "/proc/self/environ");

    ToolProcess tool = started(command, out);

    assertThat(tool.exit().get()).isZero();
    tool.stop(Duration.ZERO);
    String mark = command.mark().toString();
    assertThat(out.toString(UTF_8))
        .contains("/muster-agent-one/" + command.mark().job() + ".1\n")
        .containsPattern("(^|\n)(B=1\0MUSTER_JOB=%1$s|MUSTER_JOB=%1$s\0B=1)\0$".formatted(mark));
  }

  @Test
  void a_variable_that_no_shell_hands_on_still_reaches_the_tool() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    ToolProcess tool = started(Commands.of(folder, Map.of("a.b", "1"), "/usr/bin/env"), out);

    assertThat(tool.exit().get()).isZero();
    tool.stop(Duration.ZERO);
    assertThat(out.toString(UTF_8)).contains("a.b=1\n").doesNotContain("PWD");
  }

  private ToolProcess started(ToolCommand command, ByteArrayOutputStream out) throws IOException {
    return ToolProcess.start(
        command, JobGroups.in(group.folder(), "one"), out::write, (bytes, from, length) -> {});
  }

  private ToolProcess start(JobGroups groups, String script) throws IOException {
    return ToolProcess.start(
        Commands.of(folder, PATH, "/bin/sh", "-c", script),
        groups,
        (bytes, from, length) -> {},
        (bytes, from, length) -> {});
  }

  private long vanished() {
    try {
      return Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean runs(long pid) {
    return ProcessTable.read().stream().anyMatch(row -> row.pid() == pid);
  }
}
