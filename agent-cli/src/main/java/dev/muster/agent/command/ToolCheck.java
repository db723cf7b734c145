package dev.muster.agent.command;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Whether the programs are there that the configuration lets jobs run. */
final class ToolCheck {
  private ToolCheck() {}

  /** A finding for each tool of {@code exec}; none where there is none. */
  static List<Finding> of(JsonNode connectors, Map<String, String> environment) {
    List<Finding> findings = new ArrayList<>();
    for (var tool : connectors.path("exec").path("tools").properties()) {
      JsonNode first = tool.getValue().path("command").path(0);
      if (first.isString()) {
        String path = tool.getValue().path("environment").path("PATH").asString("");
        findings.add(
            of(
                tool.getKey(),
                first.stringValue(),
                path.isEmpty() ? environment.getOrDefault("PATH", "") : path));
      }
    }
    return findings;
  }

  private static Finding of(String tool, String program, String path) {
    boolean there =
        program.contains("/")
            ? isProgram(Path.of(program))
            : Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> isProgram(Path.of(folder, program)));
    return there
        ? Finding.ok("tool", tool + ": " + program)
        : Finding.failed(
            "tool", tool + ": no program " + program + " that may be run", ExitCode.CONFIGURATION);
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
