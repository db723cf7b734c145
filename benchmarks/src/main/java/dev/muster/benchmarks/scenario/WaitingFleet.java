package dev.muster.benchmarks.scenario;

import dev.muster.benchmarks.fleet.Calls;
import dev.muster.benchmarks.fleet.RunningServer;
import dev.muster.benchmarks.wire.ClaimedJobs;
import dev.muster.benchmarks.wire.ClaimedJobs.Job;
import dev.muster.benchmarks.wire.Connection;
import dev.muster.benchmarks.wire.EventLoop;
import dev.muster.benchmarks.wire.Post;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;

/** Agents that always have a poll open, one job each, and complete what comes. */
final class WaitingFleet {
  private static final int WAIT_SECONDS = 60;
  private static final int UNAVAILABLE = 503;
  private static final Duration BEFORE_RETRY = Duration.ofSeconds(1);
  private static final LongConsumer NOBODY = nanos -> {};

  private final EventLoop loop;
  private final RunningServer server;
  private LongConsumer arrival = NOBODY;
  private long renewed;
  private long refused;

  WaitingFleet(EventLoop loop, RunningServer server) {
    this.loop = loop;
    this.server = server;
  }

  /** Opens the polls, one after the other with a pause between. */
  void park(List<Post> agents, Duration pause) throws IOException {
    for (Post agent : agents) {
      claim(loop.connect(server.port()), agent, Calls.claim(agent, 1, WAIT_SECONDS));
      loop.runFor(pause);
    }
  }

  /** How often the server had no time for a poll, which was then tried again. */
  long refused() {
    return refused;
  }

  /** Tells somebody when jobs come, by {@link System#nanoTime()}. */
  void onArrival(LongConsumer whom) {
    arrival = whom;
  }

  /** How many polls ended without a job, and were opened again. */
  long renewed() {
    return renewed;
  }

  private void claim(Connection connection, Post agent, byte[] claim) {
    connection.send(
        claim,
        answer -> {
          long now = System.nanoTime();
          if (answer.status() == UNAVAILABLE) {
            refused++;
            loop.after(BEFORE_RETRY, () -> claim(connection, agent, claim));
            return;
          }
          List<Job> jobs = ClaimedJobs.of(answer);
          if (jobs.isEmpty()) {
            renewed++;
            claim(connection, agent, claim);
          } else {
            complete(connection, agent, jobs.getFirst(), claim);
            arrival.accept(now);
          }
        });
  }

  private void complete(Connection connection, Post agent, Job job, byte[] claim) {
    connection.send(
        Calls.complete(agent, job),
        answer -> {
          answer.orFail();
          claim(connection, agent, claim);
        });
  }
}
