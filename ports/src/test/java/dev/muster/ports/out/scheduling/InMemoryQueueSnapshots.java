package dev.muster.ports.out.scheduling;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.scheduling.QueuePriority;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.Seeker;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.InMemoryPages;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.fleet.InMemoryAgents;
import dev.muster.ports.out.job.InMemoryJobTable;
import dev.muster.ports.out.job.InMemoryJobTable.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Queue and fleet one by one, in memory. */
public final class InMemoryQueueSnapshots implements QueueSnapshots {
  private final InMemoryStorage storage;
  private final InMemoryJobTable table;
  private final InMemoryAgents agents;

  /** Of the jobs in a table. */
  public InMemoryQueueSnapshots(
      InMemoryStorage storage, InMemoryJobTable table, InMemoryAgents agents) {
    this.storage = storage;
    this.table = table;
    this.agents = agents;
  }

  @Override
  public List<Waiting> waiting(Map<TenantId, Integer> most, Instant now) {
    return storage.forAllTenants(() ->
        most.entrySet().stream()
            .flatMap(each ->
                due(each.getKey())
                    .sorted(Comparator.comparing(Waiting::job, QueuePriority.order(now)))
                    .limit(each.getValue()))
            .toList());
  }

  private Stream<Waiting> due(TenantId tenant) {
    return table
        .all()
        .filter(row -> row.due() && row.job().status() == JobStatus.QUEUED)
        .map(Row::job)
        .filter(job -> job.tenant().equals(tenant))
        .map(job -> new Waiting(QueuedJob.of(job), job.spec().type()));
  }

  @Override
  public List<Seeker> agents(Instant since, int most) {
    return storage.forAllTenants(() ->
        agents
            .all()
            .filter(Agent::takesWork)
            .filter(agent -> agent.lastSeenAt() != null && agent.lastSeenAt().isAfter(since))
            .sorted(Comparator.comparing(agent -> agent.id().value(), InMemoryPages.BY_ID))
            .limit(most)
            .map(Seeker::of)
            .toList());
  }

  @Override
  public List<Leased> leased(int most) {
    return storage.forAllTenants(() ->
        table
            .all()
            .map(Row::job)
            .filter(job -> job.status().isLeased())
            .limit(most)
            .map(job ->
                new Leased(
                    job.id(),
                    job.tenant(),
                    job.pool(),
                    Optional.ofNullable(job.agent()).orElseThrow(),
                    job.spec().type(),
                    Optional.ofNullable(job.assignedAt()).orElseThrow()))
            .toList());
  }

  @Override
  public Map<String, Duration> runTimes(Instant since, int sample) {
    return storage.forAllTenants(() -> {
      Map<String, Duration> means = new HashMap<>();
      ended(since)
          .limit(sample)
          .collect(
              Collectors.groupingBy(
                  job -> job.spec().type(), Collectors.averagingLong(job -> micros(runTime(job)))))
          .forEach((type, mean) -> means.put(type, Duration.ofNanos(Math.round(mean) * 1_000)));
      return means;
    });
  }

  private Stream<Job> ended(Instant since) {
    return table
        .all()
        .map(Row::job)
        .filter(job -> job.status() == JobStatus.COMPLETED)
        .filter(job -> job.finishedAt() != null && !job.finishedAt().isBefore(since))
        .sorted(Comparator.comparing(Job::finishedAt).reversed());
  }

  private Duration runTime(Job job) {
    Instant given =
        table.attempts(job.id()).stream()
            .filter(attempt -> attempt.number() == job.attempt())
            .map(Attempt::assignedAt)
            .findFirst()
            .orElseThrow();
    return Duration.between(given, Optional.ofNullable(job.finishedAt()).orElseThrow());
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
