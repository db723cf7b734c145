package dev.muster.agent.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.command.ExitCode;
import dev.muster.agent.command.MusterAgent;
import dev.muster.agent.enrolment.StateFolder;
import dev.muster.agent.fake.FakeServer;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdateCommandTest {
  private static final byte[] OLD = "old".getBytes(StandardCharsets.UTF_8);
  private static final byte[] NEW = "new".getBytes(StandardCharsets.UTF_8);

  private final StringWriter out = new StringWriter();
  private final Map<String, String> environment = new HashMap<>();
  private FakeServer server;
  private Publishing publishing;
  private Path state;
  private JarFiles files;

  @TempDir private Path folder;

  @BeforeEach
  void enrol() throws Exception {
    server = new FakeServer();
    server.registration(Publishing.REGISTRATION);
    publishing = new Publishing();
    state = folder.resolve("state");
    files = JarFiles.in(state);
    environment.put("BACKEND_URL", server.url().toString());
    environment.put("MUSTER_STATE", state.toString());
    environment.put("AGENT_NAME", "a1");
    environment.put("MUSTER_BOOTSTRAP_TOKEN", "abcdef.0123456789abcdef");
    assertThat(execute("register")).isZero();
    Files.write(files.jar(), OLD);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void check_says_what_is_offered_and_changes_nothing() throws Exception {
    assertThat(execute("update", "check")).isZero();
    assertThat(out.toString()).contains("offered      nothing");

    server.offer(publishing.offer(Publishing.release(4, NEW)), NEW);
    assertThat(execute("update", "check")).isZero();
    assertThat(out.toString()).contains("4.0, sequence 4");

    server.offer(new Publishing().offer(Publishing.release(5, NEW)), NEW);
    assertThat(execute("update", "check", "--update-publisher-keys", publishing.pinned()))
        .isEqualTo(ExitCode.UPDATE_REFUSED.number());
    assertThat(out.toString()).contains("sequence 5, refused: bad_publisher_signature");
    assertThat(Files.readAllBytes(files.jar())).isEqualTo(OLD);
    assertThat(server.seen("artifact")).isEmpty();
  }

  @Test
  void apply_puts_it_on_trial_once_and_rollback_ends_that_for_good() throws Exception {
    server.offer(publishing.offer(Publishing.release(4, NEW)), NEW);

    assertThat(execute("update", "apply")).isZero();
    assertThat(Files.readAllBytes(files.jar())).isEqualTo(NEW);
    assertThat(execute("update", "apply")).isEqualTo(ExitCode.UPDATE_REFUSED.number());
    assertThat(Files.readAllBytes(files.before())).isEqualTo(OLD);

    assertThat(execute("update", "rollback")).isZero();
    assertThat(Files.readAllBytes(files.jar())).isEqualTo(OLD);
    assertThat(execute("update", "apply")).isEqualTo(ExitCode.UPDATE_REFUSED.number());
    assertThat(server.seen("result").getLast().body().path("cause").asString())
        .isEqualTo("failed_before");
    assertThat(execute("update", "rollback")).isEqualTo(ExitCode.UPDATE_REFUSED.number());
  }

  @Test
  void beside_a_running_agent_nothing_is_put_in_its_place() throws Exception {
    server.offer(publishing.offer(Publishing.release(4, NEW)), NEW);
    try (var _ = StateFolder.open(state, state.resolve("agent-id")).lock()) {
      assertThat(execute("update", "apply")).isEqualTo(ExitCode.STATE.number());
      assertThat(execute("update", "rollback")).isEqualTo(ExitCode.STATE.number());
      assertThat(execute("update", "check")).isZero();
    }
    assertThat(Files.readAllBytes(files.jar())).isEqualTo(OLD);
  }

  private int execute(String... arguments) {
    return MusterAgent.execute(
        arguments,
        environment,
        new ByteArrayInputStream(new byte[0]),
        new PrintWriter(out, true),
        new PrintWriter(out, true));
  }
}
