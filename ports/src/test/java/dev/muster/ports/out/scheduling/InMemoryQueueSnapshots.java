package dev.muster.ports.out.scheduling;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.scheduling.Prospect.Experience;
import dev.muster.domain.scheduling.QueuePriority;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.Seeker;
import dev.muster.domain.scheduling.World.Entry;
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
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Queue and fleet one by one, in memory. */
public final class InMemoryQueueSnapshots implements QueueSnapshots {
  private static final Set<String> FAILURES = Set.of(Attempt.FAILED, Attempt.RUN_TIMEOUT);

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
  public List<Entry> waiting(Map<TenantId, Integer> most, Instant now) {
    return storage.forAllTenants(() ->
        most.entrySet().stream()
            .flatMap(each ->
                queued(true)
                    .filter(entry -> entry.job().tenant().equals(each.getKey()))
                    .sorted(Comparator.comparing(Entry::job, QueuePriority.order(now)))
                    .limit(each.getValue()))
            .toList());
  }

  @Override
  public List<Entry> delayed(Instant until, int most) {
    return storage.forAllTenants(() ->
        queued(false)
            .filter(entry -> !entry.dueAt().isAfter(until))
            .sorted(Comparator.comparing(Entry::dueAt))
            .limit(most)
            .toList());
  }

  private Stream<Entry> queued(boolean due) {
    return table
        .all()
        .filter(row -> row.due() == due && row.job().status() == JobStatus.QUEUED)
        .map(Row::job)
        .map(InMemoryQueueSnapshots::entry);
  }

  private static Entry entry(Job job) {
    return new Entry(
        QueuedJob.of(job),
        job.spec().type(),
        job.dueAt(),
        job.spec().queueTimeout(),
        job.attemptsUsed(),
        job.spec().maxAttempts());
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
  public List<Held> leased(int most) {
    return storage.forAllTenants(() ->
        table
            .all()
            .map(Row::job)
            .filter(job -> job.status().isLeased())
            .limit(most)
            .map(job ->
                new Held(
                    entry(job),
                    Optional.ofNullable(job.agent()).orElseThrow(),
                    Optional.ofNullable(job.assignedAt()).orElseThrow()))
            .toList());
  }

  /** An attempt of a job, where either says something. */
  private record Tried(Job job, Attempt attempt) {
    boolean failed() {
      return attempt.outcome() != null && FAILURES.contains(attempt.outcome());
    }

    boolean completed() {
      return Attempt.COMPLETED.equals(attempt.outcome());
    }

    boolean isFatal() {
      return failed()
          && job.status() == JobStatus.FAILED
          && attempt.number() == job.attempt()
          && job.hasBudget();
    }

    Instant endedAt() {
      return Optional.ofNullable(attempt.endedAt()).orElseThrow();
    }

    double micros() {
      return Duration.between(attempt.assignedAt(), endedAt()).toNanos() / 1_000.0;
    }
  }

  @Override
  public Map<String, Experience> experience(Instant since, int sample) {
    return storage.forAllTenants(() -> {
      Map<String, Experience> experience = new HashMap<>();
      ended(since)
          .limit(sample)
          .flatMap(job -> tried(job, since))
          .collect(Collectors.groupingBy(each -> each.job().spec().type()))
          .forEach((type, tried) -> experience.put(type, experience(tried)));
      return experience;
    });
  }

  private Stream<Tried> tried(Job job, Instant since) {
    return table.attempts(job.id()).stream()
        .map(attempt -> new Tried(job, attempt))
        .filter(each -> each.failed() || each.completed())
        .filter(each -> !each.endedAt().isBefore(since))
        .sorted(Comparator.comparing((Tried each) -> -each.attempt().number()))
        .limit(MOST_ATTEMPTS);
  }

  private static Experience experience(List<Tried> tried) {
    return new Experience(
        tried.size(),
        tried.stream().filter(Tried::failed).count(),
        tried.stream().filter(Tried::isFatal).count(),
        mean(tried.stream().filter(Tried::completed)),
        mean(tried.stream().filter(Tried::failed)));
  }

  private static @Nullable Duration mean(Stream<Tried> tried) {
    OptionalDouble micros = tried.mapToDouble(Tried::micros).average();
    return micros.isPresent() ? Duration.ofNanos(Math.round(micros.getAsDouble()) * 1_000) : null;
  }

  private Stream<Job> ended(Instant since) {
    return table
        .all()
        .map(Row::job)
        .filter(job -> job.status() == JobStatus.COMPLETED || job.status() == JobStatus.FAILED)
        .filter(job -> job.finishedAt() != null && !job.finishedAt().isBefore(since))
        .sorted(Comparator.comparing(Job::finishedAt).reversed());
  }
}
