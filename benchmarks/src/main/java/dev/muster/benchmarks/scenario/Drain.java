package dev.muster.benchmarks.scenario;

import dev.muster.benchmarks.Figure;
import dev.muster.benchmarks.fleet.Agents;
import dev.muster.benchmarks.fleet.Percentiles;
import dev.muster.benchmarks.fleet.Processes.Cpu;
import dev.muster.benchmarks.fleet.RunningServer;
import dev.muster.benchmarks.wire.Connection;
import dev.muster.benchmarks.wire.EventLoop;
import dev.muster.benchmarks.wire.Post;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How fast a queue that is full is emptied: the median of three times 20,000 jobs. */
public final class Drain implements Scenario {
  private static final int JOBS = 20_000;
  private static final int WARM_UP = 20_000;
  private static final int ROUNDS = 3;
  private static final int AGENTS = 16;
  private static final int SLOTS = 50;
  private static final int REPORTERS = 4;

  private final boolean batches;
  private Percentiles claims = Percentiles.of(new long[0]);

  private Drain(boolean batches) {
    this.batches = batches;
  }

  /** Each result a request of its own. */
  public static Scenario singly() {
    return new Drain(false);
  }

  /** Claims and results in fifties. */
  public static Scenario inBatches() {
    return new Drain(true);
  }

  @Override
  public void measure(Run run) throws Exception {
    run.withServer(
        "drain",
        server -> {
          Queue queue = Queue.of(server);
          List<Post> agents = Agents.make(server, AGENTS, SLOTS);
          queue.fill(WARM_UP);
          once(server, agents, WARM_UP);
          List<Double> rates = new ArrayList<>();
          String cpu = "";
          for (int round = 0; round < ROUNDS; round++) {
            queue.fill(JOBS);
            Cpu before = run.cpu(server);
            double rate = once(server, agents, JOBS);
            rates.add(rate);
            cpu = run.cpu(server).since(before, JOBS / rate);
          }
          note(run, rates, cpu);
        });
  }

  private void note(Run run, List<Double> rates, String cpu) {
    Figure figure = batches ? Figure.DRAIN_BATCH : Figure.DRAIN_SINGLE;
    List<Double> sorted = rates.stream().sorted().toList();
    run.note(
        figure,
        sorted.get(ROUNDS / 2),
        String.format(
            Locale.ROOT,
            "%.0f to %.0f; claims p50 %.1f, p99 %.1f ms; %s",
            sorted.getFirst(),
            sorted.getLast(),
            claims.millis(0.5),
            claims.millis(0.99),
            cpu));
  }

  /** Jobs a second. */
  private double once(RunningServer server, List<Post> agents, int jobs) throws IOException {
    try (EventLoop loop = EventLoop.open()) {
      Drained drained = new Drained(jobs);
      List<DrainingAgent> fleet = new ArrayList<>();
      for (Post agent : agents) {
        fleet.add(
            batches
                ? DrainingAgent.inBatches(drained, agent, SLOTS, loop.connect(server.port()))
                : DrainingAgent.singly(drained, agent, SLOTS, connections(loop, server)));
      }
      double rate = drained.await(loop, fleet);
      claims = drained.claims();
      return rate;
    }
  }

  private static List<Connection> connections(EventLoop loop, RunningServer server)
      throws IOException {
    List<Connection> connections = new ArrayList<>();
    for (int i = 0; i < REPORTERS; i++) {
      connections.add(loop.connect(server.port()));
    }
    return connections;
  }
}
