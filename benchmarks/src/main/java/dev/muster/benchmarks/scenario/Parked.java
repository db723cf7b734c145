package dev.muster.benchmarks.scenario;

import dev.muster.benchmarks.Figure;
import dev.muster.benchmarks.fleet.Agents;
import dev.muster.benchmarks.fleet.Calls;
import dev.muster.benchmarks.fleet.Percentiles;
import dev.muster.benchmarks.fleet.Processes;
import dev.muster.benchmarks.fleet.RunningServer;
import dev.muster.benchmarks.fleet.Tenants;
import dev.muster.benchmarks.wire.Connection;
import dev.muster.benchmarks.wire.EventLoop;
import dev.muster.benchmarks.wire.Post;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What 10,000 agents that wait cost one server, and how fast one of them is woken. */
public final class Parked implements Scenario {
  private static final int AGENTS = 10_000;
  private static final int SLOTS = 4;
  private static final int ROUNDS = 500;
  private static final int WARM_UP = 200;

  /**
   * All have come after 20 s, and each poll is renewed after 40: then nothing happens for as long
   * as they took to come, and the server's compiler has had its time.
   */
  private static final Duration SETTLING = Duration.ofSeconds(44);

  private static final Duration BETWEEN_ARRIVALS = Duration.ofMillis(2);
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration HEARTBEAT = Duration.ofSeconds(20);

  @Override
  public void measure(Run run) throws Exception {
    run.withServer(
        "parked",
        server -> {
          List<Post> agents = Agents.make(server, AGENTS, SLOTS);
          Post user = Tenants.make(server.operator(), 1).getFirst();
          try (EventLoop loop = EventLoop.open()) {
            WaitingFleet fleet = new WaitingFleet(loop, server);
            fleet.park(agents, BETWEEN_ARRIVALS);
            loop.runFor(SETTLING);
            idle(run, server, loop, fleet, Figure.PARKED_CORES);
            run.note(Figure.PARKED_MIB, Processes.residentMib(server.pid()), "");
            Submits submits = new Submits(loop, server, user, PAUSE);
            Percentiles woken = submits.measure(fleet, WARM_UP, ROUNDS);
            run.note(
                Figure.PARKED_WOKEN_P99,
                woken.millis(0.99),
                String.format(Locale.ROOT, "p50 %.2f ms", woken.millis(0.5)));
            beat(server, loop, agents);
            idle(run, server, loop, fleet, Figure.PARKED_BEATING);
          }
        });
  }

  private static void idle(
      Run run, RunningServer server, EventLoop loop, WaitingFleet fleet, Figure figure)
      throws IOException {
    double before = Processes.seconds(server.pid());
    long renewed = fleet.renewed();
    loop.runFor(LOOK);
    double share = 100 * (Processes.seconds(server.pid()) - before) / LOOK.toSeconds();
    run.note(
        figure,
        share,
        "%d polls renewed meanwhile, %d refused before"
            .formatted(fleet.renewed() - renewed, fleet.refused()));
  }

  /** Heartbeats as real agents send them, spread evenly; a second connection carries several's. */
  private static void beat(RunningServer server, EventLoop loop, List<Post> agents)
      throws IOException {
    Duration between = HEARTBEAT.dividedBy(agents.size());
    Beating beating = new Beating(loop, loop.connect(server.port()), agents, between);
    beating.next();
  }

  private static final class Beating {
    private final EventLoop loop;
    private final Connection connection;
    private final List<Post> agents;
    private final long between;
    private long due = System.nanoTime();
    private int turn;

    Beating(EventLoop loop, Connection connection, List<Post> agents, Duration between) {
      this.loop = loop;
      this.connection = connection;
      this.agents = agents;
      this.between = between.toNanos();
    }

    void next() {
      due += between;
      loop.after(Duration.ofNanos(Math.max(0, due - System.nanoTime())), this::send);
    }

    private void send() {
      Post agent = agents.get(turn++ % agents.size());
      connection.send(
          Calls.heartbeat(agent),
          answer -> {
            answer.orFail();
            next();
          });
    }
  }
}
