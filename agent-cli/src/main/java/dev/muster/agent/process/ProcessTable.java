package dev.muster.agent.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What runs on this host right now, from {@code /proc} (proc(5)); empty where there is none. */
final class ProcessTable {
  private static final Path PROC = Path.of("/proc");

  private ProcessTable() {}

  /** A process that still runs; dead ones that nobody has waited for are left out. */
  record Row(long pid, long parent, long session) {}

  static List<Row> read() {
    List<Row> rows = new ArrayList<>();
    if (!Files.isDirectory(PROC)) {
      return rows;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
      folders.forEach(folder -> row(folder).ifPresent(rows::add));
    } catch (IOException | DirectoryIteratorException e) {
      throw new IllegalStateException("cannot list /proc", e);
    }
    return rows;
  }

  /** A variable of the environment that the process was started with. */
  static Optional<String> variable(long pid, String name) {
    try {
      String environment = Files.readString(PROC.resolve(pid + "/environ"), ISO_8859_1);
      for (String variable : environment.split("\0")) {
        if (variable.startsWith(name + "=")) {
          String value = variable.substring(name.length() + 1);
          return Optional.of(new String(value.getBytes(ISO_8859_1), UTF_8));
        }
      }
    } catch (IOException goneOrNotOurs) {
      // Then it cannot be one of ours, or no longer matters.
    }
    return Optional.empty();
  }

  private static Optional<Row> row(Path folder) {
    try {
      String stat = Files.readString(folder.resolve("stat"), ISO_8859_1);
      // The name in the second field may hold anything, so count from its closing parenthesis.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      boolean dead = fields[0].equals("Z") || fields[0].equals("X");
      return dead
          ? Optional.empty()
          : Optional.of(
              new Row(
                  Long.parseLong(folder.getFileName().toString()),
                  Long.parseLong(fields[1]),
                  Long.parseLong(fields[3])));
    } catch (IOException | IndexOutOfBoundsException gone) {
      return Optional.empty();
    }
  }
}
