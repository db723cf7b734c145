package dev.muster.application.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.scheduling.AgentCrowd;
import dev.muster.domain.scheduling.LaneEnd;
import dev.muster.domain.scheduling.LaneStart;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.scheduling.JobDispatch.LeasedJob;
import dev.muster.ports.out.scheduling.JobQueue;
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
  public List<TenantStanding> standings() {
    return queue.standings();
  }

  @Override
  public Optional<TenantStanding> standingOf(TenantId tenant) {
    return queue.standingOf(tenant);
  }

  @Override
  public Map<TenantId, List<LaneStart>> lanes(Set<TenantId> tenants, int window) {
    return queue.lanes(tenants, window);
  }

  @Override
  public List<QueuedJob> after(LaneEnd end, int most) {
    return queue.after(end, most);
  }

  @Override
  public OnlineAgents online(Instant since) {
    return queue.online(since);
  }

  @Override
  public List<AgentCrowd> crowds(TenantId owner, Instant since) {
    return queue.crowds(owner, since);
  }

  @Override
  public Execution execute(List<Assignment> plan, Instant now, Instant leaseUntil) {
    return rounds.getAndIncrement() < losses
        ? new Execution(List.of(), plan.stream().map(Assignment::planned).toList(), List.of())
        : queue.execute(plan, now, leaseUntil);
  }

  @Override
  public List<LeasedJob> assignedUnder(Map<AgentId, String> claimIds) {
    return queue.assignedUnder(claimIds);
  }
}
