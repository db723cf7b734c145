package dev.muster.benchmarks.scenario;

import dev.muster.benchmarks.fleet.Calls;
import dev.muster.benchmarks.wire.Answer;
import dev.muster.benchmarks.wire.ClaimedJobs;
import dev.muster.benchmarks.wire.ClaimedJobs.Job;
import dev.muster.benchmarks.wire.Connection;
import dev.muster.benchmarks.wire.Post;
import dev.muster.outside.UnexpectedException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** An agent that fills all its slots, does its jobs in no time, reports, and fills them again. */
final class DrainingAgent {
  private static final int WAIT_SECONDS = 1;

  private final Drained drained;
  private final Post post;
  private final List<Connection> connections;
  private final boolean inBatches;
  private final byte[] claim;
  private final Deque<Job> toReport = new ArrayDeque<>();
  private int reporting;
  private boolean stopped;

  private DrainingAgent(
      Drained drained, Post post, int slots, List<Connection> connections, boolean inBatches) {
    this.drained = drained;
    this.post = post;
    this.connections = connections;
    this.inBatches = inBatches;
    this.claim = Calls.claim(post, slots, WAIT_SECONDS);
  }

  /** One that reports each job by itself, on several connections at once. */
  static DrainingAgent singly(
      Drained drained, Post agent, int slots, List<Connection> connections) {
    return new DrainingAgent(drained, agent, slots, connections, false);
  }

  /** One that reports all its jobs at once. */
  static DrainingAgent inBatches(Drained drained, Post agent, int slots, Connection connection) {
    return new DrainingAgent(drained, agent, slots, List.of(connection), true);
  }

  /** Whether it has stopped: a poll that is left open would be given jobs that nobody hears of. */
  boolean hasStopped() {
    return stopped;
  }

  void claim() {
    if (drained.isEmpty()) {
      stopped = true;
      return;
    }
    long begin = System.nanoTime();
    connections.getFirst().send(claim, answer -> claimed(answer, begin));
  }

  private void claimed(Answer answer, long begin) {
    long took = System.nanoTime() - begin;
    List<Job> jobs = ClaimedJobs.of(answer);
    if (jobs.isEmpty()) {
      claim();
      return;
    }
    drained.claimTook(took);
    if (inBatches) {
      reportAll(jobs);
    } else {
      toReport.addAll(jobs);
      connections.forEach(this::reportNext);
    }
  }

  private void reportAll(List<Job> jobs) {
    connections
        .getFirst()
        .send(
            Calls.complete(post, jobs),
            answer -> {
              if (!answer.orFail().text().contains("\"code\":null") || hasRefusal(answer)) {
                throw new UnexpectedException("not all reports were taken: " + answer.text());
              }
              drained.add(jobs.size());
              claim();
            });
  }

  private static boolean hasRefusal(Answer answer) {
    return answer.text().contains("\"code\":\"");
  }

  private void reportNext(Connection connection) {
    Job job = toReport.poll();
    if (job == null) {
      if (reporting == 0) {
        claim();
      }
      return;
    }
    reporting++;
    connection.send(
        Calls.complete(post, job),
        answer -> {
          answer.orFail();
          drained.add(1);
          reporting--;
          reportNext(connection);
        });
  }
}
