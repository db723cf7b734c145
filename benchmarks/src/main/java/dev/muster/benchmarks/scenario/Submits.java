package dev.muster.benchmarks.scenario;

import dev.muster.benchmarks.fleet.Calls;
import dev.muster.benchmarks.fleet.Percentiles;
import dev.muster.benchmarks.fleet.RunningServer;
import dev.muster.benchmarks.wire.Connection;
import dev.muster.benchmarks.wire.EventLoop;
import dev.muster.benchmarks.wire.Post;
import java.io.IOException;
import java.time.Duration;

/**
 * One job at a time, with a pause between them: each is submitted once the one before has arrived
 * at an agent and both answers are there.
 */
final class Submits {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final EventLoop loop;
  private final Connection connection;
  private final byte[] request;
  private final Duration pause;

  private int round;
  private int last;
  private long[] nanos = {};
  private long begin;
  private int awaited;

  Submits(EventLoop loop, RunningServer server, Post user, Duration pause) throws IOException {
    this.loop = loop;
    this.connection = loop.connect(server.port());
    this.request = Calls.submit(user);
    this.pause = pause;
  }

  /** From before a submit is sent until a poll is answered with the job. */
  Percentiles measure(WaitingFleet fleet, int warmUp, int rounds) throws IOException {
    round = -warmUp;
    last = rounds;
    nanos = new long[rounds];
    fleet.onArrival(this::arrived);
    loop.after(pause, this::submit);
    loop.runUntil(PATIENCE, "jobs to arrive", () -> round == last);
    return Percentiles.of(nanos);
  }

  private void submit() {
    awaited = 2;
    begin = System.nanoTime();
    connection.send(
        request,
        answer -> {
          answer.orFail();
          next();
        });
  }

  private void arrived(long at) {
    if (round >= 0) {
      nanos[round] = at - begin;
    }
    next();
  }

  private void next() {
    awaited--;
    if (awaited == 0) {
      round++;
      if (round < last) {
        loop.after(pause, this::submit);
      }
    }
  }
}
