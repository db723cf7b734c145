package dev.muster.benchmarks.scenario;

import dev.muster.benchmarks.Figure;
import dev.muster.benchmarks.fleet.Agents;
import dev.muster.benchmarks.fleet.Percentiles;
import dev.muster.benchmarks.fleet.Tenants;
import dev.muster.benchmarks.wire.EventLoop;
import dev.muster.benchmarks.wire.Post;
import java.time.Duration;

/**
 * How long it takes on an idle system from sending a submit until a waiting agent has the job, and
 * the floor below any queue that PostgreSQL wakes.
 */
public final class Idle implements Scenario {
  private static final int ROUNDS = 500;

  /** One after the other without a pause, for the server's compiler. */
  private static final int WARM_UP = 5_000;

  private static final int SLOTS = 4;
  private static final Duration PAUSE = Duration.ofMillis(20);

  @Override
  public void measure(Run run) throws Exception {
    run.withServer(
        "idle",
        server -> {
          try (EventLoop loop = EventLoop.open()) {
            WaitingFleet fleet = new WaitingFleet(loop, server);
            fleet.park(Agents.make(server, 1, SLOTS), Duration.ZERO);
            Post user = Tenants.make(server.operator(), 1).getFirst();
            new Submits(loop, server, user, Duration.ZERO).measure(fleet, 0, WARM_UP);
            Percentiles times =
                new Submits(loop, server, user, PAUSE).measure(fleet, ROUNDS, ROUNDS);
            run.note(Figure.IDLE_P50, times.millis(0.5), "");
            run.note(Figure.IDLE_P99, times.millis(0.99), "");
          }
        });
    Percentiles floor = new NotifyFloor(run.databases()).measure(ROUNDS);
    run.note(Figure.NOTIFY_P50, floor.millis(0.5), "");
    run.note(Figure.NOTIFY_P99, floor.millis(0.99), "");
  }
}
