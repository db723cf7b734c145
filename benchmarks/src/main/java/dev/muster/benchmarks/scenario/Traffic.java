package dev.muster.benchmarks.scenario;

import dev.muster.benchmarks.fleet.Agents;
import dev.muster.benchmarks.fleet.Calls;
import dev.muster.benchmarks.fleet.RunningServer;
import dev.muster.benchmarks.fleet.Tenants;
import dev.muster.benchmarks.wire.ClaimedJobs;
import dev.muster.benchmarks.wire.Connection;
import dev.muster.benchmarks.wire.EventLoop;
import dev.muster.benchmarks.wire.Post;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A fleet at work, one job a request: users of several tenants submit, agents wait for a job, do
 * nothing, and report it done. So many jobs are on their way at any moment; a finished one makes
 * room for the next.
 */
final class Traffic implements AutoCloseable {
  private static final int TENANTS = 20;
  private static final int AGENTS = 200;
  private static final int SLOTS = 10;
  private static final int SUBMITTERS = 64;
  private static final int ON_THE_WAY = 128;
  private static final int WAIT_SECONDS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final EventLoop loop;
  private final Deque<Runnable> idleSubmitters = new ArrayDeque<>();
  private int onTheWay;
  private long finished;
  private boolean stopping;

  private Traffic(EventLoop loop) {
    this.loop = loop;
  }

  static Traffic start(RunningServer server) throws IOException {
    Traffic traffic = new Traffic(EventLoop.open());
    for (Post agent : Agents.make(server, AGENTS, SLOTS)) {
      Connection connection = traffic.loop.connect(server.port());
      traffic.claim(connection, agent, Calls.claim(agent, 1, WAIT_SECONDS));
    }
    List<Post> users = Tenants.make(server.operator(), TENANTS);
    for (int i = 0; i < SUBMITTERS; i++) {
      Connection connection = traffic.loop.connect(server.port());
      byte[] submit = Calls.submit(users.get(i % TENANTS));
      traffic.submit(connection, submit);
    }
    return traffic;
  }

  private void submit(Connection connection, byte[] request) {
    if (stopping || onTheWay >= ON_THE_WAY) {
      idleSubmitters.add(() -> submit(connection, request));
      return;
    }
    onTheWay++;
    connection.send(
        request,
        answer -> {
          answer.orFail();
          submit(connection, request);
        });
  }

  private void claim(Connection connection, Post agent, byte[] claim) {
    connection.send(
        claim,
        answer -> {
          List<ClaimedJobs.Job> jobs = ClaimedJobs.of(answer);
          if (jobs.isEmpty()) {
            claim(connection, agent, claim);
          } else {
            complete(connection, agent, jobs.getFirst(), claim);
          }
        });
  }

  private void complete(Connection connection, Post agent, ClaimedJobs.Job job, byte[] claim) {
    connection.send(
        Calls.complete(agent, job),
        answer -> {
          answer.orFail();
          finished++;
          onTheWay--;
          claim(connection, agent, claim);
          if (!idleSubmitters.isEmpty()) {
            idleSubmitters.remove().run();
          }
        });
  }

  /** Goes on for a while; answers how many jobs a second were finished. */
  double run(Duration time) throws IOException {
    long before = finished;
    long begin = System.nanoTime();
    loop.runFor(time);
    return (finished - before) * 1e9 / (System.nanoTime() - begin);
  }

  /** Submits no more, and waits until all that was submitted is done: nothing may be lost. */
  long stop() throws IOException {
    stopping = true;
    loop.runUntil(PATIENCE, "the last jobs", () -> onTheWay == 0);
    return finished;
  }

  @Override
  public void close() throws IOException {
    loop.close();
  }
}
