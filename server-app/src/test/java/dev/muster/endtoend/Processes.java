package dev.muster.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The processes of this host, as {@code /proc} tells of them. */
final class Processes {
  private Processes() {}

  /**
   * The ids of those that have a text in their command line; those that only wait to be reaped have
   * none.
   */
  static List<Long> with(String text) throws IOException {
    List<Long> found = new ArrayList<>();
    try (var folders = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path folder : folders) {
        if (commandLine(folder).contains(text)) {
          found.add(Long.parseLong(folder.getFileName().toString()));
        }
      }
    }
    return found;
  }

  private static String commandLine(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException ended) {
      return "";
    }
  }
}
