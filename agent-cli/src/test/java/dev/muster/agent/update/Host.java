package dev.muster.agent.update;

import dev.muster.agent.fake.Awaiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A state folder, and the launcher as it is shipped. */
final class Host {
  /** The shells that Debian, Alpine and their kin call sh. */
  static final List<List<String>> SHELLS =
      Stream.of(List.of("dash"), List.of("busybox", "sh"), List.of("sh"))
          .filter(shell -> shell.getFirst().equals("sh") || isNeeded(shell.getFirst()))
          .limit(2)
          .toList();

  private static final Path SHIPPED = Path.of("src/packaging/bin/muster-agent").toAbsolutePath();

  final Path state;
  final JarFiles files;
  final Map<String, String> environment = new HashMap<>();

  private Path launcher = SHIPPED;

  /** CI has all of them; on a laptop those that are there are tried. */
  private static boolean isNeeded(String program) {
    return System.getenv("CI") != null || Files.isExecutable(Path.of("/usr/bin", program));
  }

  /** Puts launcher and jar where a package does. */
  void pack(byte[] jar, String sequence) throws IOException {
    Path home = state.resolveSibling("package");
    Files.write(Files.createDirectories(home.resolve("lib")).resolve("muster-agent.jar"), jar);
    Files.writeString(home.resolve("lib/muster-agent.sequence"), sequence + "\n");
    launcher = Files.createDirectories(home.resolve("bin")).resolve("muster-agent");
    Files.copy(SHIPPED, launcher, StandardCopyOption.REPLACE_EXISTING);
  }

  Host(Path folder) throws IOException {
    state = Files.createDirectories(folder.resolve("state"));
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
    files = JarFiles.in(state);
    environment.put("MUSTER_STATE", state.toString());
    environment.put("MUSTER_LAUNCHER_PAUSE", "0");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
  }

  /** Has jars be scripts: for what a JVM would take too long for. */
  void withoutJava() throws IOException {
    Path home = Files.createDirectories(state.resolveSibling("no-java"));
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(
        java, "#!/bin/sh\nwhile [ \"$1\" != -jar ]; do shift; done\nexec sh \"$2\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    environment.put("JAVA_HOME", home.toString());
  }

  /**
   * Has the package bring a Java: one that notes how it is called, runs scripts, and can warm up.
   */
  void packJava() throws IOException {
    Path java = launcher.resolveSibling("../runtime/bin/java").normalize();
    Files.createDirectories(java.getParent());
    Files.writeString(
        java,
        """
        #!/bin/sh
        echo "$*" >>'%s'
        for each; do last=$each; done
        while [ "$1" != -jar ]; do
          case $1 in -XX:AOTCacheOutput=*) made=${1#*=} ;; esac
          shift
        done
        [ "$last" = warm-up ] || exec sh "$2"
        echo cache >"$made"
        """
            .formatted(javaCalls()));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
  }

  /** How the package's Java was called. */
  Path javaCalls() {
    return state.resolveSibling("java-calls");
  }

  /** A script in place of a jar. */
  byte[] script(String name, String rest) {
    return ("echo " + name + " >>" + state.resolve("starts") + "\n" + rest + "\n")
        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Puts a version on trial that replaced another. */
  void trial(byte[] before, byte[] to, long boots, long seconds) throws IOException {
    Files.write(files.before(), before);
    Files.write(files.jar(), to);
    Files.writeString(files.trial(), trialOf(before, to, boots, seconds).text());
  }

  Trial trialOf(byte[] before, byte[] to, long boots, long seconds) throws IOException {
    return new Trial(hash(before), 3, hash(to), 4, 2, boots, seconds, 1);
  }

  static String hash(byte[] content) throws IOException {
    Path file = Files.createTempFile("hash", "");
    try {
      return Hashes.of(Files.write(file, content));
    } finally {
      Files.delete(file);
    }
  }

  Process start(List<String> shell) throws IOException {
    List<String> command = new ArrayList<>(shell);
    command.addAll(List.of(launcher.toString(), "run"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  /** Runs the launcher to its end. */
  int run(List<String> shell) throws Exception {
    Process launcher = start(shell);
    try {
      if (!launcher.waitFor(90, TimeUnit.SECONDS)) {
        throw new AssertionError("the launcher does not end: " + Files.readString(log()));
      }
      return launcher.exitValue();
    } finally {
      end(launcher);
    }
  }

  /** Waits until a version has been started so often. */
  void awaitStarts(String name, long times) throws InterruptedException {
    Awaiting.until(
        times + " starts of " + name,
        Duration.ofSeconds(60),
        () -> starts().stream().filter(name::equals).count() >= times);
  }

  /** What was started, in order. */
  List<String> starts() {
    try {
      return Files.readAllLines(state.resolve("starts"));
    } catch (IOException none) {
      return List.of();
    }
  }

  Path log() {
    return state.resolveSibling("log");
  }

  Shelf shelf() {
    return new Shelf(files);
  }

  /** Waits until no process is left that was started with something of a folder. */
  static void awaitNobodyIn(Path folder) throws InterruptedException {
    Awaiting.until("nobody in " + folder, Duration.ofSeconds(60), () -> !isAnybodyIn(folder));
  }

  private static boolean isAnybodyIn(Path folder) {
    return ProcessHandle.allProcesses()
        .anyMatch(each ->
            each.info().commandLine().filter(line -> line.contains(folder.toString())).isPresent());
  }

  /** Ends a launcher and all that it has started. */
  static void end(Process launcher) throws InterruptedException {
    List<ProcessHandle> family = launcher.descendants().toList();
    launcher.destroyForcibly().waitFor();
    family.forEach(ProcessHandle::destroyForcibly);
  }
}
