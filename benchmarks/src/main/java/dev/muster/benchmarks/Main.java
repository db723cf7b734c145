package dev.muster.benchmarks;

import dev.muster.benchmarks.fleet.Databases;
import dev.muster.benchmarks.scenario.Run;
import dev.muster.benchmarks.scenario.Scenario;
import dev.muster.jdbc.embedded.EmbeddedPostgres;
import dev.muster.outside.Workshop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures what is asked for, and prints it beside the goals. */
public final class Main {
  private static final String USUAL_SECONDS = "10";

  private Main() {}

  /**
   * Runs scenarios in their order.
   *
   * @param arguments their names, or {@code all}
   */
  public static void main(String[] arguments) throws Exception {
    Map<String, Scenario> wanted = wanted(List.of(arguments));
    Duration duration =
        Duration.ofSeconds(
            Long.parseLong(System.getenv().getOrDefault("MUSTER_BENCH_SECONDS", USUAL_SECONDS)));
    Map<String, String> failed = new LinkedHashMap<>();
    try (Workshop workshop = Workshop.below(Path.of("target", "benchmarks"));
        EmbeddedPostgres postgres = EmbeddedPostgres.start(workshop.file("postgres"))) {
      // Ctrl-C ends this program by its hooks alone.
      Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
      Run run = Run.begin(workshop, new Databases(postgres), duration);
      wanted.forEach((name, scenario) -> measure(name, scenario, run, failed));
      new Table(run.figures(), failed).print(System.out);
    }
    System.exit(failed.isEmpty() ? 0 : 1);
  }

  private static void measure(String name, Scenario scenario, Run run, Map<String, String> failed) {
    System.out.println(name);
    try {
      scenario.measure(run);
    } catch (Exception failure) {
      // The others can still be measured; this one is in the table as left out.
      failed.put(name, String.valueOf(failure));
      System.out.println("  left out: " + failure);
    }
  }

  private static Map<String, Scenario> wanted(List<String> names) {
    Map<String, Scenario> all = Scenarios.all();
    if (names.isEmpty() || !(names.contains("all") || all.keySet().containsAll(names))) {
      System.err.println("usage: all | " + String.join(" ", all.keySet()));
      System.exit(2);
    }
    if (names.contains("all")) {
      return all;
    }
    Map<String, Scenario> wanted = new LinkedHashMap<>(all);
    wanted.keySet().retainAll(new ArrayList<>(names));
    return wanted;
  }
}
