package dev.muster.benchmarks.scenario;

import dev.muster.benchmarks.Figure;
import dev.muster.benchmarks.fleet.Processes.Cpu;
import dev.muster.outside.UnexpectedException;

/** Submit, claim and complete, each job and each step a request of its own. */
public final class Single implements Scenario {
  @Override
  public void measure(Run run) throws Exception {
    run.withServer(
        "single",
        server -> {
          try (Traffic traffic = Traffic.start(server)) {
            traffic.run(run.warmUp());
            Cpu before = run.cpu(server);
            double rate = traffic.run(run.duration());
            String cpu = run.cpu(server).since(before, run.duration().toSeconds());
            run.note(Figure.SINGLE, rate, cpu);
            requireKept(run, traffic.stop());
          }
        });
  }

  private static void requireKept(Run run, long finished) throws Exception {
    long kept =
        run.databases().number("single", "SELECT count(*) FROM jobs WHERE status = 'completed'");
    if (kept != finished) {
      throw new UnexpectedException(finished + " jobs were reported, " + kept + " are completed");
    }
  }
}
