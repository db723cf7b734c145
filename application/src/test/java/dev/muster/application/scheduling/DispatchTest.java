package dev.muster.application.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.UseCaseTest;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.JobId;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.scheduling.JobDispatch.Claim;
import dev.muster.ports.in.scheduling.JobDispatch.Claimed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Replicas that dispatch, and agents that wait at them. */
abstract class DispatchTest extends UseCaseTest {
  static final Duration LONG = Duration.ofSeconds(50);
  static final Duration NO_TIME = Duration.ZERO;

  private static final long PATIENCE_SECONDS = 20;

  private final ExecutorService agents = Executors.newVirtualThreadPerTaskExecutor();
  private final List<DispatchService> replicas = new ArrayList<>();

  @AfterEach
  final void stop() {
    replicas.forEach(DispatchService::close);
    agents.shutdownNow();
  }

  final DispatchService replica() {
    return started(in().dispatch());
  }

  final DispatchService started(DispatchService replica) {
    replicas.add(replica);
    replica.start();
    return replica;
  }

  final Future<Outcome<Claimed>> waiting(DispatchService replica, Agent agent, Claim claim) {
    int before = replica.parkedPolls();
    Future<Outcome<Claimed>> answer = claiming(replica, agent, claim);
    while (replica.parkedPolls() <= before && !answer.isDone()) {
      Thread.onSpinWait();
    }
    return answer;
  }

  final Future<Outcome<Claimed>> claiming(DispatchService replica, Agent agent, Claim claim) {
    return agents.submit(() -> replica.claim(calling(agent), claim));
  }

  final Claimed claimed(DispatchService replica, Agent agent, Claim claim) throws Exception {
    return value(answer(claiming(replica, agent, claim)));
  }

  static Outcome<Claimed> answer(Future<Outcome<Claimed>> waiting) throws Exception {
    return waiting.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  static Claim claim(int maxJobs, Duration patience) {
    return claim(maxJobs, patience, null);
  }

  static Claim claim(int maxJobs, Duration patience, @Nullable String claimId) {
    return new Claim(null, null, null, maxJobs, patience, claimId);
  }

  static List<JobId> jobs(Claimed claimed) {
    return claimed.jobs().stream().map(leased -> leased.job().id()).toList();
  }

  static void assertNothing(Claimed claimed) {
    assertThat(claimed).isEqualTo(Claimed.NOTHING);
  }
}
