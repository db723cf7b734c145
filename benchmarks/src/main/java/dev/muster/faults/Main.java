package dev.muster.faults;

import dev.muster.outside.Workshop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs scenarios under seeds, and says of each run whether its history is right. */
public final class Main {
  private Main() {}

  /**
   * Runs them.
   *
   * @param arguments how many seeds, then names of scenarios (none: all), then perhaps {@code
   *     from=<first seed>}
   */
  public static void main(String[] arguments) throws Exception {
    List<String> names = new ArrayList<>();
    long first = 1;
    int seeds = 0;
    for (String argument : arguments) {
      if (argument.matches("[0-9]{1,6}")) {
        seeds = Integer.parseInt(argument);
      } else if (argument.matches("from=[0-9]{1,18}")) {
        first = Long.parseLong(argument.substring("from=".length()));
      } else {
        names.add(argument);
      }
    }
    Map<String, Faults.Scenario> wanted = new LinkedHashMap<>(Faults.all());
    if (seeds == 0 || !wanted.keySet().containsAll(names)) {
      System.err.println(
          "usage: <seeds> [" + String.join("] [", wanted.keySet()) + "] [from=<first seed>]");
      System.exit(2);
    }
    if (!names.isEmpty()) {
      wanted.keySet().retainAll(names);
    }
    System.exit(play(wanted, seeds, first) ? 0 : 1);
  }

  private static boolean play(Map<String, Faults.Scenario> wanted, int seeds, long first)
      throws Exception {
    List<String> summary = new ArrayList<>();
    boolean good = true;
    try (Workshop workshop = Workshop.below(Path.of("target", "faults"))) {
      for (Map.Entry<String, Faults.Scenario> each : wanted.entrySet()) {
        Series series = new Series(workshop, each.getKey(), each.getValue());
        int passed = series.play(seeds, first);
        good &= passed == seeds;
        summary.add("%s: %d of %d passed".formatted(each.getKey(), passed, seeds));
      }
    }
    summary.forEach(System.out::println);
    return good;
  }
}
