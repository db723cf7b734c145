package dev.muster.agent.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.agent.packaging.Shell.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tar.gz and the Debian package, as `mvn package` leaves them. */
class PackagesIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Path UNIT = Path.of("src/packaging/systemd/muster-agent.service");
  private static final Map<String, String> BARE = Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
  private static final long MOST_BYTES = 45L << 20;

  /** The exit code of a script that is not allowed to mount. */
  private static final int NOT_ALLOWED = 77;

  @TempDir private Path folder;

  @Test
  void the_tarball_brings_its_own_java() throws Exception {
    Path tarball = TARGET.resolve("muster-agent-linux.tar.gz");
    assertThat(Files.size(tarball)).isLessThanOrEqualTo(MOST_BYTES);
    assertThat(run("tar", "-xzf", tarball.toString(), "-C", folder.toString()).code()).isZero();
    Path home = only("muster-agent-*");

    Ended version = run(home.resolve("bin/muster-agent").toString(), "version");

    assertThat(version.output()).startsWith("muster-agent ");
    assertThat(version.code()).isZero();
    assertThat(home.resolve("runtime/lib/jspawnhelper")).isExecutable();
    assertThat(home.resolve("agent.example.yaml")).exists();
    assertThat(home.resolve("LICENSE")).exists();
    assertThat(home.resolve("third-party.md")).exists();
    serves(home);
    assertThat(home.resolve("systemd/muster-agent.service")).hasSameTextualContentAs(UNIT);
  }

  /** The tarball makes a service of itself, and no longer one. */
  private void serves(Path home) throws Exception {
    String program = home.resolve("bin/muster-agent").toString();
    Path unit = folder.resolve("muster-agent.service");

    Ended installed = run(program, "service", "install", "--units", folder.toString());
    assertThat(installed.code()).as(installed.output()).isZero();
    assertThat(unit)
        .content()
        .contains("ExecStart=" + home.toRealPath() + "/bin/muster-agent run")
        .contains("NoNewPrivileges=yes");
    Ended completion = run(program, "generate-completion");
    assertThat(completion.output()).contains("complete -F");

    assertThat(run(program, "service", "uninstall", "--units", folder.toString()).code()).isZero();
    assertThat(unit).doesNotExist();
  }

  private Path only(String glob) throws IOException {
    try (var found = Files.newDirectoryStream(folder, glob)) {
      return found.iterator().next();
    }
  }

  @Test
  void the_package_is_no_larger_than_an_operator_may_expect() throws Exception {
    assertThat(Files.size(debian())).isLessThanOrEqualTo(MOST_BYTES);
  }

  @Test
  void the_unit_is_valid_and_hardened() throws Exception {
    Shell.need("systemd-analyze");
    String unit = Files.readString(UNIT);
    assertThat(unit)
        .contains("KillMode=mixed")
        .contains("StartLimitIntervalSec=0")
        .doesNotContain("\nMemoryDenyWriteExecute");
    // Where it will be started from is not there.
    Path copy =
        Files.writeString(
            folder.resolve("muster-agent.service"),
            unit.replace("/usr/lib/muster-agent/bin/muster-agent", "/bin/sh"));

    Ended verified = run("systemd-analyze", "verify", copy.toString());
    Ended judged =
        run("systemd-analyze", "security", "--offline=true", "--threshold=20", copy.toString());

    assertThat(verified.output()).doesNotContain("muster-agent.service:");
    assertThat(verified.code()).isZero();
    assertThat(judged.code()).as(judged.output()).isZero();
  }

  @Test
  void the_package_is_installed_upgraded_and_removed_and_leaves_the_vault_alone() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs to be root");
    Shell.need("dpkg");
    Path script = Path.of("src/test/resources/packaging/life.sh").toAbsolutePath();

    Ended life =
        run("unshare", "-m", "sh", script.toString(), folder.toString(), debian().toString());

    assumeTrue(life.code() != NOT_ALLOWED, "this machine does not allow an overlay");
    assertThat(life.output()).endsWith("lived\n");
    assertThat(life.code()).isZero();
  }

  private static Path debian() throws IOException {
    try (Stream<Path> files = Files.list(TARGET)) {
      List<Path> packages = files.filter(file -> file.toString().endsWith(".deb")).toList();
      assertThat(packages).hasSize(1);
      return packages.getFirst();
    }
  }

  private Ended run(String... command) throws Exception {
    Path output = Files.createTempFile("muster-package", ".out");
    try {
      return Shell.run(BARE, output, command);
    } finally {
      Files.delete(output);
    }
  }
}
