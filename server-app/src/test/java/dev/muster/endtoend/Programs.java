package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Real programs that a test runs. */
final class Programs {
  private Programs() {}

  /** Where it is; without it a test fails under CI, and is skipped elsewhere. */
  static Path find(String name) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(() -> missing(name));
  }

  private static Path missing(String name) {
    if ("true".equals(System.getenv("CI"))) {
      return fail(name + " is not installed here");
    }
    return abort(name + " is not installed here: install it to run this test");
  }
}
