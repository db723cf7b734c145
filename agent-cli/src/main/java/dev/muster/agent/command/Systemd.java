package dev.muster.agent.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.CodeSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The agent's service on this host: its unit, its user, and telling systemd of both. */
final class Systemd {
  static final Path UNITS = Path.of("/etc/systemd/system");
  static final String UNIT = "muster-agent.service";

  private static final String USER = "muster-agent";
  private static final String PACKAGED = "/usr/lib/muster-agent/bin/muster-agent";
  private static final Path RUNNING = Path.of("/run/systemd/system");
  private static final long PATIENCE_SECONDS = 60;

  private Systemd() {}

  /** The launcher beside this jar, as the tar.gz has them. */
  static Path launcher() {
    CodeSource source = MusterAgent.class.getProtectionDomain().getCodeSource();
    try {
      Path jar = Path.of(source.getLocation().toURI()).toRealPath();
      Path home = Objects.requireNonNull(jar.getParent()).resolveSibling("bin");
      Path launcher = home.resolve("muster-agent");
      if (Files.isExecutable(launcher)) {
        return launcher;
      }
    } catch (IOException | URISyntaxException elsewhere) {
      // Told of below.
    }
    throw new CommandFailedException(
        ExitCode.STATE, "there is no bin/muster-agent beside this jar: unpack the tar.gz");
  }

  /** The unit for a launcher. */
  static String unit(Path launcher) {
    try (InputStream in = Systemd.class.getResourceAsStream("/" + UNIT)) {
      String packaged =
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return packaged.replace(PACKAGED, launcher.toString());
    } catch (IOException impossible) {
      throw new IllegalStateException("the unit is in the jar", impossible);
    }
  }

  /** Writes the unit; whole or not at all. */
  static void write(Path units, String unit) {
    Path file = units.resolve(UNIT);
    try {
      Path temporary =
          Files.createTempFile(
              units,
              "." + UNIT,
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
      Files.writeString(temporary, unit);
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw new CommandFailedException(
          ExitCode.STATE, file + " cannot be written: be root (" + kind(failure) + ")");
    }
  }

  /** Removes the unit; answers whether there was one. */
  static boolean remove(Path units) {
    try {
      return Files.deleteIfExists(units.resolve(UNIT));
    } catch (IOException failure) {
      throw new CommandFailedException(
          ExitCode.STATE, units.resolve(UNIT) + " cannot be removed: " + kind(failure));
    }
  }

  private static String kind(IOException failure) {
    return failure.getClass().getSimpleName();
  }

  /** Makes the agent's user, unless there is one. */
  static void makeUser(Path state) throws InterruptedException {
    if (run("getent", "passwd", USER) != 0
        && run(
                "useradd",
                "--system",
                "--user-group",
                "--no-create-home",
                "--home-dir",
                state.toString(),
                "--shell",
                "/usr/sbin/nologin",
                USER)
            != 0) {
      throw new CommandFailedException(
          ExitCode.STATE, "the user " + USER + " cannot be made: be root");
    }
  }

  /** Tells systemd, where it runs; answers whether it does. */
  static boolean tell(String... what) throws InterruptedException {
    if (!Files.isDirectory(RUNNING)) {
      return false;
    }
    String[] command = new String[what.length + 1];
    command[0] = "systemctl";
    System.arraycopy(what, 0, command, 1, what.length);
    if (run(command) != 0) {
      throw new CommandFailedException(
          ExitCode.STATE, "systemctl " + String.join(" ", what) + " failed");
    }
    return true;
  }

  private static int run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return -1;
      }
      return process.exitValue();
    } catch (IOException missing) {
      return -1;
    }
  }
}
