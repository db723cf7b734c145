package dev.muster.agent.connector.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.connector.ConnectorOutcome;
import dev.muster.agent.connector.Workbench;
import dev.muster.agent.fake.Awaiting;
import dev.muster.agent.process.JobGroups;
import dev.muster.agent.process.LeftoverProcesses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the worst tool there is: forks twice, leaves the session, ignores SIGTERM, floods. */
class ProcessTreeTest {
  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void makeTools() throws Exception {
    script(
        "deep",
        """
        trap '' TERM INT HUP
        echo $$ >> %1$s/pids
        echo "flooding flooding flooding"
        while :; do echo "flooding flooding flooding"; done
        """);
    script(
        "worst",
        """
        trap '' TERM INT HUP
        echo $$ >> %1$s/pids
        (setsid %1$s/deep & ) &
        (%1$s/deep &) &
        (env -i PATH=/usr/bin:/bin %1$s/deep &) &
        exec %1$s/deep
        """);
    script(
        "leaver",
        "(setsid %1$s/deep >/dev/null 2>&1 &) ; while [ ! -s %1$s/pids ]; do :; done; echo bye");
    bench =
        new Workbench(
            folder,
            """
            exec:
              tools:
                worst:
                  command: [%1$s/worst]
                  environment: {PATH: /usr/bin:/bin}
                  output-limit-bytes: 4096
                leaver:
                  command: [%1$s/leaver]
                  environment: {PATH: /usr/bin:/bin}
            """
                .formatted(folder),
            "{}");
  }

  @Test
  void cancelling_leaves_nothing_alive() throws Exception {
    CompletableFuture<ConnectorOutcome> outcome = start("{\"tool\": \"worst\"}");
    Awaiting.until("all four floods", () -> pids().size() == 5);
    bench.cancellation().cancel();
    assertThat(outcome.get(30, TimeUnit.SECONDS))
        .isEqualTo(new ConnectorOutcome.Cancelled(true, "all of its processes have ended"));
    assertThat(alive()).isEmpty();
    assertThat(bench.lines()).hasSizeLessThan(1_000);
  }

  @Test
  void an_interrupt_kills_at_once_and_leaves_nothing_alive() throws Exception {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread job =
        Thread.ofPlatform()
            .start(() -> {
              try {
                bench.run("{\"tool\": \"worst\"}");
                thrown.complete(new AssertionError("not interrupted"));
              } catch (Throwable e) {
                thrown.complete(e);
              }
            });
    Awaiting.until("all four floods", () -> pids().size() == 5);
    job.interrupt();
    assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    assertThat(alive()).isEmpty();
  }

  @Test
  void what_a_tool_leaves_behind_when_it_ends_goes_too() throws Exception {
    assertThat(bench.completed("{\"tool\": \"leaver\"}").path("stdout").asString())
        .isEqualTo("bye\n");
    assertThat(pids()).hasSize(1);
    // Killed is not yet gone: that is the kernel's to do.
    Awaiting.until("nothing left", () -> alive().isEmpty());
  }

  @Test
  void leftovers_of_a_killed_agent_are_reaped_and_those_of_others_are_not() throws Exception {
    Process left = marked("job:1:agent-one");
    Process other = marked("job:1:agent-two");
    try {
      assertThat(LeftoverProcesses.reap("agent-one", JobGroups.NONE, Duration.ofMillis(100)))
          .isEmpty();
      assertThat(left.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly();
    }
  }

  private static Process marked(String mark) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("/bin/sleep", "300");
    builder.environment().put("MUSTER_JOB", mark);
    Process process = builder.start();
    // Until the program itself runs, its environment is still the one of this process.
    Path environment = Path.of("/proc/" + process.pid() + "/environ");
    Awaiting.until(
        "the mark",
        () -> {
          try {
            return Files.readString(environment).contains(mark);
          } catch (java.io.IOException e) {
            return false;
          }
        });
    return process;
  }

  private CompletableFuture<ConnectorOutcome> start(String payload) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return bench.run(payload);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  private List<Long> pids() {
    try {
      Path file = folder.resolve("pids");
      return Files.exists(file)
          ? Files.readAllLines(file).stream().map(Long::parseLong).toList()
          : List.of();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private List<Long> alive() {
    return pids().stream()
        .filter(pid -> Files.exists(Path.of("/proc/" + pid + "/environ")))
        .filter(ProcessTreeTest::runs)
        .toList();
  }

  private static boolean runs(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (java.io.IOException gone) {
      return false;
    }
  }

  private void script(String name, String text) throws Exception {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + text.formatted(folder) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
