package dev.muster.benchmarks.peer;

import dev.muster.benchmarks.Figure;
import dev.muster.benchmarks.scenario.Run;
import dev.muster.outside.Command;
import dev.muster.outside.UnexpectedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs a peer's program on a new database and reads the figures that it prints. */
record PeerRun(Run run, Path folder, Map<String, String> environment) {
  static final String DATABASE = "peer";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Notes the figures that the program prints as {@code name=value}. */
  void measure(List<String> command, Map<String, Figure> wanted) throws Exception {
    run.databases().create(DATABASE);
    List<String> lines =
        Command.output(folder, command, environment, run.workshop().file(name(command)), PATIENCE);
    wanted.forEach((name, figure) -> run.note(figure, value(lines, name), ""));
    run.databases().drop(DATABASE);
  }

  private static String name(List<String> command) {
    List<String> last = command.subList(command.size() - 2, command.size());
    return "peer-" + String.join("-", last).replaceAll("[^a-z0-9]+", "-") + ".log";
  }

  private static double value(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + "="))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new UnexpectedException("no " + name + " in " + lines));
  }
}
