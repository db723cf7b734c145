package dev.muster.agent.update;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.command.ExitCode;
import dev.muster.agent.command.MusterAgent;
import dev.muster.agent.disk.SmallDisk;
import dev.muster.agent.fake.FakeServer;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that keep something, on a state folder without room, and with room again. */
class FullDiskCommandsTest {
  private static final String FULL = "No space left on device";

  private final StringWriter out = new StringWriter();
  private final Map<String, String> environment = new HashMap<>();
  private FakeServer server;
  private SmallDisk disk;
  private Path state;

  @TempDir private Path folder;

  @BeforeEach
  void mount() throws Exception {
    disk = SmallDisk.of(folder.resolve("small"), 96);
    state = disk.folder().resolve("state");
    server = new FakeServer();
    server.registration(Publishing.REGISTRATION);
    environment.put("BACKEND_URL", server.url().toString());
    environment.put("MUSTER_STATE", state.toString());
    environment.put("AGENT_NAME", "a1");
    environment.put("MUSTER_BOOTSTRAP_TOKEN", "abcdef.0123456789abcdef");
  }

  @AfterEach
  void unmount() throws Exception {
    if (server != null) {
      server.close();
    }
    if (disk != null) {
      disk.close();
    }
  }

  @Test
  void an_agent_that_cannot_keep_who_it_is_says_so_and_joins_as_the_same_one() throws Exception {
    disk.fill(0);
    while (execute("", "register") == ExitCode.STATE.number()) {
      assertThat(out.toString()).endsWith(FULL + "\n");
      assertThat(state.resolve("identity.json")).doesNotExist();
      // Room for one more file each time.
      disk.fill(1);
    }

    assertThat(execute("", "register")).isZero();
    assertThat(out.toString()).contains("already enrolled as " + Publishing.AGENT);
    assertThat(server.seen("register"))
        .hasSizeGreaterThan(1)
        .extracting(each -> each.body().path("registration_id").asString())
        .doesNotContain("")
        .satisfies(ids -> assertThat(ids.stream().distinct()).hasSize(1));
  }

  @Test
  void a_secret_that_cannot_be_stored_leaves_the_vault_as_it_was() throws Exception {
    assertThat(execute("first-value", "vault", "set", "a/b", "--for-host", "a.example")).isZero();
    byte[] before = Files.readAllBytes(state.resolve("agent-vault.json"));

    disk.fill(0);
    assertThat(execute("another-value", "vault", "set", "a/b")).isEqualTo(ExitCode.VAULT.number());
    assertThat(out.toString()).endsWith(FULL + "\n").doesNotContain("value");
    assertThat(state.resolve("agent-vault.json")).hasBinaryContent(before);
    disk.free();

    assertThat(execute("another-value", "vault", "set", "a/b")).isZero();
    assertThat(out.toString()).contains("vault://local/a/b/v2");
  }

  @Test
  void a_release_that_does_not_fit_leaves_the_version_that_was_there() throws Exception {
    byte[] old = "old".getBytes(UTF_8);
    byte[] fresh = new byte[5 * SmallDisk.PAGE];
    Publishing publishing = new Publishing();
    assertThat(execute("", "register")).isZero();
    JarFiles files = JarFiles.in(state);
    Files.write(files.jar(), old);
    server.offer(publishing.offer(Publishing.release(4, fresh)), fresh);

    int left = 0;
    disk.fill(left);
    while (execute("", "update", "apply") == ExitCode.STATE.number()) {
      assertThat(out.toString()).endsWith(FULL + "\n");
      assertThat(files.jar()).hasBinaryContent(old);
      assertThat(new Shelf(files).trialOf(Hashes.of(files.jar()))).isEmpty();
      disk.fill(++left);
    }

    assertThat(left).isBetween(5, 8);
    assertThat(files.jar()).hasBinaryContent(fresh);
    assertThat(files.before()).hasBinaryContent(old);
    assertThat(files.trial()).exists();
  }

  private int execute(String input, String... arguments) {
    return MusterAgent.execute(
        arguments,
        environment,
        new ByteArrayInputStream(input.getBytes(UTF_8)),
        new PrintWriter(out, true),
        new PrintWriter(out, true));
  }
}
