package dev.muster.agent.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.fake.Awaiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Killed (SIGKILL) after each change of a file, the next start is a whole version, and only one.
 */
class KilledTest {
  private static final List<String> DASH = Host.SHELLS.getFirst();
  private static final int MOST_STEPS = 12;

  @TempDir private Path folder;
  private byte[] old = new byte[0];
  private byte[] fresh = new byte[0];

  @Test
  void while_applying() throws Exception {
    List<String> ran = new ArrayList<>();
    for (int step = 1; step < MOST_STEPS; step++) {
      Host host = host("apply", step);
      Files.write(host.files.jar(), old);
      Files.writeString(host.files.stable(), new Proven(Host.hash(old), 3, 0, null).text());
      Files.write(host.files.fetched(), fresh);

      boolean through = killed(host, "apply", step);
      ran.add(start(host));

      if (ran.getLast().equals("old")) {
        assertThat(host.shelf().sequence(Host.hash(old))).isEqualTo(3);
        assertThat(host.files.stable()).exists();
        assertThat(host.files.trial()).doesNotExist();
      }
      if (through) {
        break;
      }
    }
    assertThat(ran).containsExactly("old", "old", "old", "new", "new");
  }

  @Test
  void while_proving() throws Exception {
    List<String> ran = new ArrayList<>();
    for (int step = 1; step < MOST_STEPS; step++) {
      Host host = host("prove", step);
      host.trial(old, fresh, 1, 600);

      boolean through = killed(host, "prove", step);
      ran.add(start(host));

      new Proving(host.shelf(), new DurableDisk()).settle(Host.hash(fresh));
      assertThat(host.shelf().floor()).isEqualTo(2);
      assertThat(host.files.trial()).doesNotExist();
      assertThat(host.shelf().outcomes())
          .containsExactly(new Outcome(4, Outcome.APPLIED, "proved"));
      if (through) {
        break;
      }
    }
    assertThat(ran).hasSizeGreaterThan(3).containsOnly("new");
  }

  @Test
  void while_going_back_without_an_answer() throws Exception {
    List<String> ran = goBack("unanswered");
    assertThat(ran).containsExactly("new", "new", "old", "old", "old", "old");
  }

  @Test
  void while_going_back_because_somebody_asks() throws Exception {
    List<String> ran = goBack("rollback");
    assertThat(ran).containsExactly("new", "new", "old", "old", "old", "old");
  }

  private List<String> goBack(String work) throws Exception {
    List<String> ran = new ArrayList<>();
    for (int step = 1; step < MOST_STEPS; step++) {
      Host host = host(work, step);
      host.trial(old, fresh, 1, 600);

      boolean through = killed(host, work, step);
      ran.add(start(host));

      if (ran.getLast().equals("old")) {
        assertThat(host.shelf().sequence(Host.hash(old))).isEqualTo(3);
        assertThat(host.shelf().outcomes()).hasSize(1);
        assertThat(host.files.trial()).doesNotExist();
      }
      if (through) {
        break;
      }
    }
    return ran;
  }

  @Test
  void a_disk_that_is_full_at_any_step_of_applying_leaves_the_version_that_was_there()
      throws Exception {
    for (int step = 1; step <= 4; step++) {
      Host host = host("full", step);
      Files.write(host.files.jar(), old);
      Files.write(host.files.fetched(), fresh);
      FullDisk full = new FullDisk(step);

      assertThat(
              org.assertj.core.api.Assertions.catchThrowable(
                  () -> StepByStep.apply(host.shelf(), full)))
          .isInstanceOf(IOException.class);
      assertThat(start(host)).isEqualTo("old");
      assertThat(host.files.trial()).doesNotExist();
    }
  }

  private Host host(String work, int step) throws Exception {
    Host host = new Host(folder.resolve(work + step));
    host.withoutJava();
    old = host.script("old", "exit 3");
    fresh = host.script("new", "exec sleep 600");
    return host;
  }

  /** Starts what lies there; on trial it goes on to run, and is told to stop. */
  private String start(Host host) throws Exception {
    Process launcher = host.start(DASH);
    try {
      Awaiting.until("a start", () -> !host.starts().isEmpty());
      byte[] jar = Files.readAllBytes(host.files.jar());
      assertThat(Arrays.equals(jar, old) || Arrays.equals(jar, fresh)).isTrue();
      launcher.destroy();
      assertThat(launcher.waitFor()).isIn(0, 3);
      assertThat(host.starts()).hasSize(1);
      return host.starts().getFirst();
    } finally {
      Host.end(launcher);
    }
  }

  /** Kills a process after a step of its work; true where it was through before. */
  private static boolean killed(Host host, String work, int step) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StepByStep.class.getName(),
                host.state.toString(),
                work,
                Integer.toString(step))
            .redirectError(ProcessBuilder.Redirect.appendTo(host.log().toFile()))
            .start();
    try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
      String word = out.readLine();
      assertThat(word).as(Files.readString(host.log())).isIn("stopped", "through");
      return word.equals("through");
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  private static final class FullDisk implements Disk {
    private final Disk disk = new DurableDisk();
    private int left;

    private FullDisk(int left) {
      this.left = left;
    }

    private void room() throws IOException {
      if (--left == 0) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public void write(Path file, String content) throws IOException {
      room();
      disk.write(file, content);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
      room();
      disk.move(from, to);
    }

    @Override
    public void link(Path existing, Path name) throws IOException {
      room();
      disk.link(existing, name);
    }

    @Override
    public void remove(Path file) throws IOException {
      room();
      disk.remove(file);
    }
  }
}
