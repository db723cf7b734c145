package dev.muster.agent.update;

import static org.assertj.core.api.Assertions.assertThat;

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
 * Whatever lies beside the jar, the launcher comes to an end and there is a jar. There are too many
 * combinations to start a JVM for each, so jars are scripts here.
 */
class StaleFilesTest {
  private static final List<String> DASH = Host.SHELLS.getFirst();

  @TempDir private Path folder;
  private byte[] old = new byte[0];
  private byte[] fresh = new byte[0];

  @Test
  void any_combination_of_stale_files_ends_and_loses_not_both_versions() throws Exception {
    int number = 0;
    for (String jar : List.of("none", "old", "new")) {
      for (String bak : List.of("none", "old", "new", "garbage")) {
        for (String stable : List.of("none", "old", "new", "garbage")) {
          for (String trial : List.of("none", "first", "last", "other", "back", "garbage")) {
            Host host = new Host(folder.resolve("host-" + number++));
            host.withoutJava();
            old = host.script("old", "exit 3");
            fresh = host.script("new", "exit 4");
            lay(host, jar, bak, stable, trial);
            List<byte[]> before = whole(host);

            int code = host.run(DASH);

            String what = String.join(" ", "jar", jar, "bak", bak, stable, trial);
            assertThat(host.starts()).as(what).hasSizeLessThanOrEqualTo(4);
            if (!before.isEmpty()) {
              assertThat(whole(host)).as(what).isNotEmpty();
              assertThat(code).as(what).isIn(codes(jar, bak));
            }
          }
        }
      }
    }
  }

  @Test
  void a_full_disk_ends_a_trial_with_the_version_before_whatever_cannot_be_written()
      throws Exception {
    for (int full = 1; full < 16; full++) {
      Host host = new Host(folder.resolve("host-" + full));
      host.withoutJava();
      old = host.script("old", "exit 3");
      fresh = host.script("new", "exit 4");
      lay(host, "new", "old", "none", "first");
      List<Path> all =
          List.of(
              host.files.trial(), host.files.failed(), host.files.report(), host.files.stable());
      for (int each = 0; each < all.size(); each++) {
        if ((full & 1 << each) != 0) {
          Files.createSymbolicLink(
              host.state.resolve(all.get(each).getFileName() + ".tmp"), Path.of("/dev/full"));
        }
      }

      assertThat(host.run(DASH)).isEqualTo(3);
      assertThat(Files.readAllBytes(host.files.jar())).isEqualTo(old);
      assertThat(host.shelf().trialOf(Host.hash(old))).isEmpty();
    }
  }

  @Test
  void a_package_brings_the_first_jar_and_later_ones_of_a_higher_sequence_only() throws Exception {
    Host host = new Host(folder);
    host.withoutJava();
    assertThat(installed(host, 1, "0")).isEqualTo(1);
    assertThat(installed(host, 2, "0")).isEqualTo(2);
    assertThat(installed(host, 3, "5")).isEqualTo(3);
    assertThat(host.shelf().sequence(Hashes.of(host.files.jar()))).isEqualTo(5);
    assertThat(installed(host, 4, "0")).isEqualTo(3);
    assertThat(installed(host, 4, "4")).isEqualTo(3);
    assertThat(installed(host, 4, "5")).isEqualTo(3);
    Files.writeString(host.files.floor(), "9\n");
    assertThat(installed(host, 4, "8")).isEqualTo(3);
    assertThat(installed(host, 4, "9")).isEqualTo(4);
  }

  /** With what the version that is started after a package was installed ends. */
  private static int installed(Host host, int code, String sequence) throws Exception {
    host.pack(host.script("packaged", "exit " + code), sequence);
    return host.run(DASH);
  }

  private void lay(Host host, String jar, String bak, String stable, String trial)
      throws IOException {
    put(host.files.jar(), content(jar));
    put(host.files.before(), content(bak));
    put(host.files.stable(), stable(stable));
    put(host.files.trial(), trial(host, trial));
  }

  private byte[] content(String what) {
    return switch (what) {
      case "old" -> old;
      case "new" -> fresh;
      case "garbage" -> "exit 5".getBytes(StandardCharsets.UTF_8);
      default -> new byte[0];
    };
  }

  private byte[] stable(String what) throws IOException {
    return switch (what) {
      case "old" -> bytes(new Proven(Host.hash(old), 3, 0, null).text());
      case "new" -> bytes(new Proven(Host.hash(fresh), 4, 0, null).text());
      case "garbage" -> new byte[] {0, 1, 2, 10, 13, 39, 34, 96};
      default -> new byte[0];
    };
  }

  private byte[] trial(Host host, String what) throws IOException {
    return switch (what) {
      case "first" -> bytes(host.trialOf(old, fresh, 0, 30).text());
      case "last" -> bytes(host.trialOf(old, fresh, 3, 30).text());
      case "other" -> bytes(host.trialOf(old, bytes("another"), 1, 30).text());
      case "back" -> bytes(host.trialOf(fresh, old, 2, 30).text());
      case "garbage" -> bytes("before $(id)\nto ../../x\nsequence 08\nboots -1\n\0");
      default -> new byte[0];
    };
  }

  /** The whole versions that could be started. */
  private List<byte[]> whole(Host host) throws IOException {
    List<byte[]> whole = new ArrayList<>();
    for (Path file : List.of(host.files.jar(), host.files.before())) {
      byte[] content = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      if (Arrays.equals(content, old) || Arrays.equals(content, fresh)) {
        whole.add(content);
      }
    }
    return whole;
  }

  /** Only what was there is run: never garbage, where there is a jar. */
  private static List<Integer> codes(String jar, String bak) {
    return jar.equals("none") && bak.equals("garbage") ? List.of(3, 4, 5) : List.of(3, 4);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void put(Path file, byte[] content) throws IOException {
    if (content.length > 0) {
      Files.write(file, content);
    }
  }
}
