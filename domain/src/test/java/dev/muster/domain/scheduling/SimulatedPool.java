package dev.muster.domain.scheduling;

import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Priority;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A shared pool of agents that are all alike, and tenants that always have work, with one claim for
 * one job at a time: where shares can be measured.
 */
final class SimulatedPool {
  private static final int ALWAYS_QUEUED = 20;
  private static final Seeker AGENT = Queue.seeker(1, 1, 0, 1);

  final SimulatedQueue queue = new SimulatedQueue();
  final List<QueuedJob> running = new ArrayList<>();
  private final Map<SimulatedQueue.Tenant, Priority> priorities = new HashMap<>();
  private final Map<SimulatedQueue.Tenant, Integer> starts = new HashMap<>();
  private final Backlog backlog = new Backlog(10);
  private final int capacity;
  private Instant now = Queue.NOW;
  private int jobs;

  SimulatedPool(int capacity) {
    this.capacity = capacity;
  }

  SimulatedQueue.Tenant join(int weight, Priority priority) {
    SimulatedQueue.Tenant tenant = queue.tenant(priorities.size());
    tenant.weight = weight;
    priorities.put(tenant, priority);
    submit(tenant);
    return tenant;
  }

  int starts(SimulatedQueue.Tenant tenant) {
    return starts.getOrDefault(tenant, 0);
  }

  int starts() {
    return starts.values().stream().mapToInt(Integer::intValue).sum();
  }

  void forgetStarts() {
    starts.clear();
  }

  /** Fills all slots. */
  void fill() {
    while (running.size() < capacity && start() != null) {
      // One more.
    }
  }

  void complete(QueuedJob job) {
    running.remove(job);
    backlog.standing(queue.complete(job));
  }

  /** Starts one job; answers it, or null where none could start. */
  QueuedJob start() {
    now = now.plusMillis(100);
    WaitingAgents agents = new WaitingAgents();
    agents.put(AGENT, 0);
    List<Planned> plan =
        backlog.plan(agents, new Circumstances(now, List.of(), capacity, Queue.PATIENCE));
    backlog.settled(queue.start(plan), List.of());
    if (plan.isEmpty()) {
      return null;
    }
    QueuedJob job = plan.getFirst().job();
    running.add(job);
    starts.merge(queue.of(job), 1, Integer::sum);
    submit(queue.of(job));
    return job;
  }

  private void submit(SimulatedQueue.Tenant tenant) {
    if (tenant.queued.size() >= ALWAYS_QUEUED) {
      return;
    }
    QueuedJob job = Queue.job(0, 0, priorities.get(tenant), 0);
    List<QueuedJob> submitted = new ArrayList<>();
    while (submitted.size() < ALWAYS_QUEUED) {
      submitted.add(
          new QueuedJob(
              new JobId(new UUID(9, jobs++)),
              tenant.id,
              job.pool(),
              job.workerType(),
              job.priority(),
              job.requirements(),
              now));
    }
    backlog.arrived(queue.add(tenant, submitted), submitted);
  }
}
