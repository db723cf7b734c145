package dev.muster.sandbox;

import dev.muster.sandbox.child.Child;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How a child is started. */
final class ChildProcess {
  private static final int SPARE_MILLIS = 2_000;

  private ChildProcess() {}

  /**
   * Starts one, in an empty folder below the given one.
   *
   * @param folder for this child alone; removed by the caller
   */
  static Process start(Path folder, ScriptLimits limits) throws IOException {
    Path jar = folder.resolve("sandbox.jar");
    ChildClasses.write(jar);
    Path empty = Files.createDirectory(folder.resolve("empty"));
    ProcessBuilder builder = new ProcessBuilder(command(jar, limits));
    builder.directory(empty.toFile());
    builder.environment().clear();
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    return builder.start();
  }

  private static List<String> command(Path jar, ScriptLimits limits) {
    return List.of(
        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
        "-Xmx" + limits.heapMebibytes() + "m",
        "-Xms4m",
        "-Xss1m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:MaxMetaspaceSize=48m",
        "-XX:ReservedCodeCacheSize=16m",
        "-XX:MaxDirectMemorySize=1m",
        // Standard output is the pipe: the JVM says what it has to say elsewhere.
        "-XX:+DisplayVMOutputToStderr",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:-CreateCoredumpOnCrash",
        "-XX:-UsePerfData",
        "-XX:+DisableAttachMechanism",
        "-Xshare:auto",
        "--limit-modules=java.base",
        "-cp",
        jar.toString(),
        Child.class.getName(),
        Long.toString(limits.time().toMillis() + SPARE_MILLIS),
        Integer.toString(limits.frameBytes()));
  }
}
