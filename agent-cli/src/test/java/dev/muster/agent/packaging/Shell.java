package dev.muster.agent.packaging;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs programs of this machine. */
final class Shell {
  private Shell() {}

  /** How a program ended, and everything that it said. */
  record Ended(int code, String output) {}

  /** Runs a program with an environment of its own. */
  static Ended run(Map<String, String> environment, Path output, String... command)
      throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      fail(List.of(command) + " does not end");
    }
    return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }

  /** Demands a program: without it a test fails under CI, and is skipped elsewhere. */
  static void need(String name) {
    boolean there =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    if (!there && "true".equals(System.getenv("CI"))) {
      fail(name + " is not installed here");
    } else if (!there) {
      abort(name + " is not installed here: install it to run this test");
    }
  }
}
