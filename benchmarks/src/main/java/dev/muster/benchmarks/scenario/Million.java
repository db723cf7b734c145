package dev.muster.benchmarks.scenario;

import dev.muster.benchmarks.Figure;
import dev.muster.benchmarks.fleet.Agents;
import dev.muster.benchmarks.fleet.Calls;
import dev.muster.benchmarks.fleet.Percentiles;
import dev.muster.benchmarks.fleet.RunningServer;
import dev.muster.benchmarks.fleet.Seed;
import dev.muster.benchmarks.wire.ClaimedJobs;
import dev.muster.benchmarks.wire.Connection;
import dev.muster.benchmarks.wire.EventLoop;
import dev.muster.benchmarks.wire.Post;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * What one claim takes when very much is queued, beside what it takes when little is. The tenants
 * are the same 1,000 both times, and the better half of the jobs belongs to those at their cap.
 */
public final class Million implements Scenario {
  private static final int SMALL = 10_000;
  private static final int LARGE = 1_000_000;
  private static final int WARM_UP = 500;
  private static final int ROUNDS = 1_000;
  private static final int WAIT_SECONDS = 30;
  private static final int HOLDER_SLOTS = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Override
  public void measure(Run run) throws Exception {
    Percentiles small = claims(run, SMALL);
    run.note(Figure.CLAIM_SMALL_P50, small.millis(0.5), "");
    run.note(Figure.CLAIM_SMALL_P99, small.millis(0.99), "");
    Percentiles large = claims(run, LARGE);
    run.note(Figure.CLAIM_MILLION_P50, large.millis(0.5), "");
    run.note(Figure.CLAIM_MILLION_P99, large.millis(0.99), "");
  }

  private static Percentiles claims(Run run, int jobs) throws Exception {
    String database = "queued_" + jobs;
    run.databases().create(database);
    Post agent;
    try (RunningServer server = run.server(database)) {
      Seed.templates(server);
      agent = Agents.make(server, 2, HOLDER_SLOTS).getLast();
    }
    Seed.fill(run.databases(), database, jobs);
    Percentiles claims;
    try (RunningServer server = run.server(database)) {
      claims = new Claims(agent).measure(server);
    }
    run.databases().drop(database);
    return claims;
  }

  /** One agent that claims a job, does it in no time, and claims the next. */
  private static final class Claims {
    private final Post agent;
    private final byte[] claim;
    private final long[] nanos = new long[ROUNDS];
    private int round = -WARM_UP;

    Claims(Post agent) {
      this.agent = agent;
      this.claim = Calls.claim(agent, 1, WAIT_SECONDS);
    }

    Percentiles measure(RunningServer server) throws IOException {
      try (EventLoop loop = EventLoop.open()) {
        claim(loop.connect(server.port()));
        loop.runUntil(PATIENCE, "claims", () -> round == ROUNDS);
      }
      return Percentiles.of(nanos);
    }

    private void claim(Connection connection) {
      long begin = System.nanoTime();
      connection.send(
          claim,
          answer -> {
            long took = System.nanoTime() - begin;
            List<ClaimedJobs.Job> jobs = ClaimedJobs.of(answer);
            if (round >= 0 && round < ROUNDS) {
              nanos[round] = took;
            }
            complete(connection, jobs.getFirst());
          });
    }

    private void complete(Connection connection, ClaimedJobs.Job job) {
      connection.send(
          Calls.complete(agent, job),
          answer -> {
            answer.orFail();
            round++;
            if (round < ROUNDS) {
              claim(connection);
            }
          });
    }
  }
}
