package dev.muster.benchmarks;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** The figures of a run beside the goals, as Markdown. */
record Table(Map<Figure, Double> figures, Map<String, String> failed) {
  private static final List<Goal> GOALS =
      List.of(
          Goal.atLeast(
                  0.40,
                  "submit + claim + complete, one each a request ÷ (echo ÷ 3)",
                  Figure.SINGLE,
                  Figure.ECHO)
              .times(3),
          Goal.atLeast(3.5, "the same ÷ pgbench, unbatched", Figure.SINGLE, Figure.PGBENCH_SINGLE),
          Goal.atLeast(
              2,
              "drain 20,000, one result a request ÷ db-scheduler",
              Figure.DRAIN_SINGLE,
              Figure.DB_SCHEDULER),
          Goal.atLeast(5, "the same ÷ JobRunr", Figure.DRAIN_SINGLE, Figure.JOBRUNR),
          Goal.atLeast(
              1.0,
              "drain in fifties ÷ graphile-worker, tuned",
              Figure.DRAIN_BATCH,
              Figure.GRAPHILE_TUNED),
          Goal.atMost(
              0.6,
              "idle: submit → a waiting agent has it, p50 ÷ graphile-worker's",
              Figure.IDLE_P50,
              Figure.GRAPHILE_P50),
          Goal.atMost(8, "the same, p99 in ms", Figure.IDLE_P99),
          Goal.atMost(
              1.2,
              "claim p50 at 1,000,000 queued ÷ at 10,000",
              Figure.CLAIM_MILLION_P50,
              Figure.CLAIM_SMALL_P50),
          Goal.atLeast(
              0.9,
              "throughput while a snapshot is held for 40 s ÷ without",
              Figure.WITH_SNAPSHOT,
              Figure.WITHOUT_SNAPSHOT),
          Goal.atMost(0, "rows rewritten by ageing", Figure.AGED_ROWS),
          Goal.atMost(1024, "10,000 parked polls: MiB resident", Figure.PARKED_MIB),
          Goal.atMost(5, "10,000 parked polls: % of a core, idle", Figure.PARKED_CORES),
          Goal.atMost(20, "10,000 parked polls: woken, p99 in ms", Figure.PARKED_WOKEN_P99));

  void print(PrintStream out) {
    out.println();
    out.println("| goal | measured | against | value | wanted | reached |");
    out.println("|---|---|---|---|---|---|");
    GOALS.stream().filter(this::concerned).forEach(goal -> out.println(goal.row(figures)));
    out.println();
    out.println("| figure | value |");
    out.println("|---|---|");
    figures.forEach(
        (figure, value) -> out.printf("| %s | %s |%n", figure.what(), figure.shown(value)));
    failed.forEach((name, why) -> out.printf("%nLeft out: %s: %s%n", name, why));
  }

  /** Goals of what was not asked for would only be noise. */
  private boolean concerned(Goal goal) {
    return figures.containsKey(goal.figure());
  }
}
