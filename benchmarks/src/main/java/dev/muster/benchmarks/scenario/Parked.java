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
  private static final int ROUNDS = 200;
  private static final int WARM_UP = 200;
  private static final Duration BETWEEN_ARRIVALS = Duration.ofMillis(2);
  private static final Duration LOOK = Duration.ofSeconds(4);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration HEARTBEAT = Duration.ofSeconds(20);

  /** After so long a poll ends without a job and is opened anew. */
  private static final Duration POLL = Duration.ofSeconds(40);

  /**
   * All come within half of that, so for the other half of each round nothing happens but that
   * those end their polls to which the first jobs went.
   */
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
            long parked = System.nanoTime();
            Submits submits = new Submits(loop, server, user, PAUSE);
            submits.measure(fleet, 0, WARM_UP);
            runUntil(loop, parked, POLL.plusMillis(6_500));
            idle(run, server, loop, fleet, Figure.PARKED_CORES);
            run.note(Figure.PARKED_MIB, Processes.residentMib(server.pid()), "");
            woken(run, fleet, submits, Figure.PARKED_WOKEN_P99);
            runUntil(loop, parked, POLL.plusSeconds(20));
            woken(run, fleet, submits, Figure.PARKED_RENEWING_P99);
            beat(server, loop, agents);
            idle(run, server, loop, fleet, Figure.PARKED_BEATING);
          }
        });
  }

  private static void runUntil(EventLoop loop, long parked, Duration after) throws IOException {
    Duration past = Duration.ofNanos(System.nanoTime() - parked);
    if (past.compareTo(after) < 0) {
      loop.runFor(after.minus(past));
    }
  }

  private static void woken(Run run, WaitingFleet fleet, Submits submits, Figure figure)
      throws IOException {
    long renewed = fleet.renewed();
    Percentiles woken = submits.measure(fleet, 0, ROUNDS);
    run.note(
        figure,
        woken.millis(0.99),
        String.format(
            Locale.ROOT,
            "p50 %.2f ms, %d polls renewed meanwhile",
            woken.millis(0.5),
            fleet.renewed() - renewed));
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
