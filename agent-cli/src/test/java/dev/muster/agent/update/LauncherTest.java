package dev.muster.agent.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The launcher as it is shipped, with jars that a JVM starts. */
class LauncherTest {
  /** With each of the two shells: a hundred in all, each with a JVM of its own. */
  private static final int STOPS = Integer.getInteger("muster.launcher.stops", 50);

  private static final List<String> DASH = Host.SHELLS.getFirst();

  @TempDir private Path folder;

  /** What was started in the background may still write where it is about to be cleared away. */
  @AfterEach
  void nothing_is_left_running() throws Exception {
    Host.awaitNobodyIn(folder);
  }

  static Stream<Arguments> jars_that_do_not_hold_up() {
    return Host.SHELLS.stream()
        .flatMap(shell ->
            Stream.of("end 1", "end 0", "end 75", "random bytes")
                .map(behaviour -> Arguments.of(shell, behaviour)));
  }

  static Stream<List<String>> shells() {
    return Host.SHELLS.stream();
  }

  @ParameterizedTest
  @MethodSource("jars_that_do_not_hold_up")
  void three_failed_boots_put_the_version_before_back(List<String> shell, String behaviour)
      throws Exception {
    Host host = new Host(folder);
    byte[] before = Jars.small("before", "end 9");
    host.trial(before, bad(behaviour), 0, 600);

    assertThat(host.run(shell)).isEqualTo(9);

    if (!behaviour.startsWith("random")) {
      assertThat(host.starts()).containsExactly("new", "new", "new", "before");
    }
    assertReverted(host, before, "crashed");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void a_jar_that_hangs_beyond_its_time_is_killed_and_undone(List<String> shell) throws Exception {
    Host host = new Host(folder);
    byte[] before = Jars.small("before", "end 9");
    host.trial(before, Jars.small("new", "hang"), 0, 2);

    assertThat(host.run(shell)).isEqualTo(9);

    assertReverted(host, before, "hung");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void being_told_to_stop_is_never_a_failed_boot(List<String> shell) throws Exception {
    Host host = new Host(folder);
    byte[] to = Jars.small("new", "serve");
    host.trial(Jars.small("before", "end 9"), to, 0, 600);
    Random random = new Random(1);

    for (int stop = 0; stop < STOPS; stop++) {
      Process launcher = host.start(shell);
      // Sometimes before the JVM is there, sometimes after.
      launcher.waitFor(random.nextInt(400), TimeUnit.MILLISECONDS);
      launcher.destroy();
      assertThat(launcher.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(launcher.exitValue()).isIn(0, 143);
    }

    assertThat(Files.readAllBytes(host.files.jar())).isEqualTo(to);
    assertThat(host.shelf().trial().orElseThrow().boots()).isZero();
    assertThat(host.shelf().failed()).isEmpty();
  }

  @Test
  void a_machine_that_fails_three_times_within_a_trial_gets_the_version_before() throws Exception {
    Host host = new Host(folder);
    byte[] before = Jars.small("before", "end 9");
    host.trial(before, Jars.small("new", "serve"), 0, 600);

    for (int boot = 1; boot <= 3; boot++) {
      Process launcher = host.start(DASH);
      host.awaitStarts("new", boot);
      Host.end(launcher);
    }

    assertThat(host.run(DASH)).isEqualTo(9);
    assertReverted(host, before, "crashed");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void a_second_launcher_is_refused_and_counts_no_boot(List<String> shell) throws Exception {
    Host host = new Host(folder);
    byte[] to = Jars.small("new", "serve");
    host.trial(Jars.small("before", "end 9"), to, 0, 600);
    Process first = host.start(shell);
    try {
      host.awaitStarts("new", 1);

      assertThat(host.run(shell)).isEqualTo(4);

      assertThat(host.starts()).hasSize(1);
      assertThat(host.shelf().trial().orElseThrow().boots()).isEqualTo(1);
    } finally {
      Host.end(first);
    }
  }

  @Test
  void without_a_trial_the_launcher_ends_as_its_jar_does() throws Exception {
    Host host = new Host(folder);
    for (int code : new int[] {0, 8, 75}) {
      Files.write(host.files.jar(), Jars.small("old", "end " + code));

      assertThat(host.run(DASH)).isEqualTo(code);
    }
    assertThat(host.starts()).hasSize(3);
  }

  @Test
  void a_version_that_has_proved_itself_is_no_longer_on_trial() throws Exception {
    Host host = new Host(folder);
    byte[] to = Jars.small("new", "end 5");
    host.trial(Jars.small("before", "end 9"), to, 3, 600);
    Files.writeString(host.files.stable(), new Proven(Host.hash(to), 4, 2, null).text());

    assertThat(host.run(DASH)).isEqualTo(5);
    assertThat(host.starts()).containsExactly("new");
  }

  @Test
  void a_cache_of_another_jar_is_not_used_and_does_not_stay() throws Exception {
    Host host = new Host(folder);
    Files.write(host.files.jar(), Jars.small("old", "end 5"));
    Path other =
        Files.writeString(
            host.state.resolve("muster-agent.jar." + "0".repeat(64) + ".aot"), "not a cache");

    assertThat(host.run(DASH)).isEqualTo(5);
    assertThat(other).doesNotExist();
  }

  @Test
  void a_cache_is_made_once_with_the_packages_java_and_taken_from_then_on() throws Exception {
    for (List<String> shell : Host.SHELLS) {
      Host host = new Host(folder.resolve(shell.getFirst()));
      String untilMade =
          "for i in $(seq 300); do ls '%s'/*.aot && exit 5; sleep 0.1; done; exit 6"
              .formatted(host.state);
      byte[] jar = host.script("agent", untilMade);
      host.pack(jar, "1");
      host.packJava();

      assertThat(host.run(shell)).isEqualTo(5);
      assertThat(host.run(shell)).isEqualTo(5);

      Path cache = host.state.resolve("muster-agent.jar." + Host.hash(jar) + ".aot");
      List<String> calls = Files.readAllLines(host.javaCalls());
      assertThat(calls).hasSize(3).filteredOn(call -> call.endsWith("warm-up")).hasSize(1);
      assertThat(calls.getLast())
          .contains("-XX:AOTCache=" + cache + " ", "-Xmx256m")
          .endsWith("run");
    }
  }

  @Test
  void no_cache_is_made_with_a_java_that_may_change_or_of_a_jar_on_trial() throws Exception {
    Host host = new Host(folder);
    host.withoutJava();
    Files.write(host.files.jar(), host.script("old", "sleep 1; exit 5"));
    assertThat(host.run(DASH)).isEqualTo(5);
    assertThat(host.starts()).containsExactly("old");

    host.pack(host.script("old", "exit 5"), "0");
    host.packJava();
    byte[] before = host.script("old", "exit 5");
    String old = Host.hash(before);
    host.trial(before, host.script("new", "sleep 1; exit 9"), 0, 600);
    host.run(DASH);
    assertThat(Files.readAllLines(host.javaCalls()))
        .filteredOn(call -> call.endsWith("warm-up"))
        .allMatch(call -> call.contains(old))
        .hasSizeLessThan(2);
  }

  private static byte[] bad(String behaviour) throws Exception {
    if (behaviour.startsWith("random")) {
      byte[] bytes = new byte[5000];
      new Random(7).nextBytes(bytes);
      return bytes;
    }
    return Jars.small("new", behaviour);
  }

  private static void assertReverted(Host host, byte[] before, String cause) throws Exception {
    assertThat(Files.readAllBytes(host.files.jar())).isEqualTo(before);
    assertThat(host.files.trial()).doesNotExist();
    assertThat(host.shelf().failed()).containsExactly(4L);
    assertThat(host.shelf().sequence(Host.hash(before))).isEqualTo(3);
    assertThat(host.shelf().outcomes()).containsExactly(new Outcome(4, Outcome.REVERTED, cause));
  }
}
