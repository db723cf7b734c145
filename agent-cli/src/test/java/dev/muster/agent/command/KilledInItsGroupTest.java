package dev.muster.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.fake.Awaiting;
import dev.muster.agent.fake.FakeServer;
import dev.muster.agent.process.RealGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent whose unit leaves it its control group, killed while a tool hides from it. */
class KilledInItsGroupTest {
  private static final String JOB = "018f0000-0000-7000-8000-000000000001";

  @TempDir private Path folder;
  @AutoClose private FakeServer server;
  @AutoClose private RealGroup group;
  private Path pid;

  @BeforeEach
  void start() throws Exception {
    group = RealGroup.make();
    server = new FakeServer();
    pid = folder.resolve("pid");
  }

  @Test
  void what_a_killed_agent_left_without_mark_and_session_ends_at_its_next_start() throws Exception {
    Path tool = folder.resolve("hiding");
    Files.writeString(
        tool,
        """
        #!/bin/sh
        (env -i /usr/bin/setsid /bin/sh -c 'echo $$ >%1$s.tmp; mv %1$s.tmp %1$s; exec /bin/sleep 300' \
          >/dev/null 2>&1 &)
        exec /bin/sleep 300
        """
            .formatted(pid));
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    Path configuration =
        Files.writeString(
            folder.resolve("agent.yaml"),
            "{cancel-grace: 50ms, connectors: {exec: {tools: {hiding: {command: [%s]}}}}}"
                .formatted(tool));
    Program program =
        new Program(folder)
            .with("BACKEND_URL", server.url().toString())
            .with("AGENT_TOKEN", "agent_" + "0".repeat(64))
            .with("MUSTER_AGENT_CONFIG", configuration.toString());
    server.submit(JOB, "{\"tool\": \"hiding\"}");
    try (Program.Running agent = program.startIn(group)) {
      Awaiting.until("the tool to hide: " + agent.log(), () -> Files.exists(pid));
      assertThat(agent.log()).contains("event=job_groups folder=" + group.folder());
    }
    assertThat(isAlive(pid)).isTrue();

    try (Program.Running again = program.startIn(group)) {
      Awaiting.until("the end of what hid", () -> !isAlive(pid));
      Awaiting.until("a start", () -> again.log().split("event=started").length > 2);
    }
  }

  private static boolean isAlive(Path pid) {
    try {
      long hidden = Long.parseLong(Files.readString(pid).strip());
      return ProcessHandle.of(hidden).filter(ProcessHandle::isAlive).isPresent();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
