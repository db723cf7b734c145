package dev.muster.application.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.scheduling.QueueView;
import dev.muster.domain.scheduling.TenantLoad;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.scheduling.JobDispatch.LeasedJob;
import dev.muster.ports.out.scheduling.JobQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A queue in which another replica was faster, for some rounds. */
final class LosingQueue implements JobQueue {
  private final JobQueue queue;
  private final int losses;
  private final AtomicInteger rounds = new AtomicInteger();

  LosingQueue(JobQueue queue, int losses) {
    this.queue = queue;
    this.losses = losses;
  }

  int rounds() {
    return rounds.get();
  }

  @Override
  public QueueView view(
      Set<TenantId> agentTenants,
      int window,
      Instant now,
      Instant onlineSince,
      Duration regionPatience) {
    return queue.view(agentTenants, window, now, onlineSince, regionPatience);
  }

  @Override
  public Optional<TenantLoad> loadOf(TenantId tenant) {
    return queue.loadOf(tenant);
  }

  @Override
  public List<LeasedJob> assign(List<Assignment> plan, Instant now, Instant leaseUntil) {
    return rounds.getAndIncrement() < losses ? List.of() : queue.assign(plan, now, leaseUntil);
  }

  @Override
  public List<LeasedJob> assignedUnder(Map<AgentId, String> claimIds) {
    return queue.assignedUnder(claimIds);
  }
}
