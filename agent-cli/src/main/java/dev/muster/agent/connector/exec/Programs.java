package dev.muster.agent.connector.exec;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Finds programs where the agent itself would, since a tool's own environment has no say in it. */
final class Programs {
  private Programs() {}

  /** The command with its program as a path; unchanged if there is no such program. */
  static List<String> located(List<String> command) {
    List<String> located = new ArrayList<>(command);
    String program = command.getFirst();
    if (!program.contains("/")) {
      String folders = Objects.requireNonNullElse(System.getenv("PATH"), "/usr/bin:/bin");
      Arrays.stream(folders.split(File.pathSeparator))
          .map(folder -> Path.of(folder, program).toString())
          .filter(Programs::isExecutable)
          .findFirst()
          .ifPresent(path -> located.set(0, path));
    }
    return located;
  }

  static boolean isExecutable(String program) {
    Path path = Path.of(program);
    return path.isAbsolute() && Files.isRegularFile(path) && Files.isExecutable(path);
  }
}
