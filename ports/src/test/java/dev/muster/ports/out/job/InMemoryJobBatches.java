package dev.muster.ports.out.job;

import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.job.InMemoryJobTable.Row;
import dev.muster.ports.out.job.JobChange.AttemptEnd;
import dev.muster.ports.out.job.JobDirectory.Ref;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Many jobs at once, in memory. */
public final class InMemoryJobBatches implements JobBatches {
  private final InMemoryStorage storage;
  private final InMemoryJobTable table;
  private final Function<TenantId, TenantStanding> standings;
  private final InstantSource clock;

  /**
   * In a table.
   *
   * @param standings how tenants stand, by what is in the table
   * @param clock tells which jobs are due as they are queued
   */
  public InMemoryJobBatches(
      InMemoryStorage storage,
      InMemoryJobTable table,
      Function<TenantId, TenantStanding> standings,
      InstantSource clock) {
    this.storage = storage;
    this.table = table;
    this.standings = standings;
    this.clock = clock;
  }

  @Override
  public List<Ref> find(Collection<JobId> ids) {
    return storage.forAllTenants(() ->
        ids.stream()
            .flatMap(id -> table.find(id).stream())
            .map(row -> new Ref(row.job().tenant(), row.job().id()))
            .toList());
  }

  @Override
  public List<Job> lock(Collection<Ref> jobs) {
    return storage.forAllTenants(() ->
        jobs.stream()
            .distinct()
            .flatMap(ref ->
                table
                    .find(ref.job())
                    .filter(row -> row.job().tenant().equals(ref.tenant()))
                    .stream())
            .map(Row::job)
            .toList());
  }

  @Override
  public Set<Holding> everHeld(Collection<Holding> holdings) {
    return storage.forAllTenants(
        () -> holdings.stream().filter(this::wasHeld).collect(Collectors.toSet()));
  }

  private boolean wasHeld(Holding holding) {
    return table
            .find(holding.job().job())
            .filter(row -> row.job().tenant().equals(holding.job().tenant()))
            .isPresent()
        && table.attempts(holding.job().job()).stream()
            .anyMatch(attempt -> attempt.agent().equals(holding.agent()));
  }

  @Override
  public List<TenantStanding> replace(List<JobChange> changes) {
    return storage.forAllTenants(() -> {
      changes.forEach(this::replace);
      return changes.stream()
          .filter(change -> countedAs(change.before()) != countedAs(change.after()))
          .map(change -> change.after().tenant())
          .distinct()
          .map(standings)
          .toList();
    });
  }

  /** 0 for nothing, 1 for queued, 2 for leased. */
  private static int countedAs(Job job) {
    return job.status() == JobStatus.QUEUED ? 1 : job.status().isLeased() ? 2 : 0;
  }

  private void replace(JobChange change) {
    Job before = change.before();
    Job after = change.after();
    if (after.status().isLeased() && !before.status().isLeased()) {
      throw new IllegalStateException("a job is leased by assigning it from the queue only");
    }
    boolean isSame = table.find(before.id()).filter(row -> isSame(row.job(), before)).isPresent();
    if (!isSame) {
      throw new IllegalStateException("a job changed although it is locked");
    }
    table.change(after.id(), row -> row.with(after, isDue(after)));
    table.change(before.id(), before.attempt(), attempt -> noted(attempt, change));
  }

  private static boolean isSame(Job now, Job before) {
    return now.status() == before.status() && now.attempt() == before.attempt();
  }

  private boolean isDue(Job job) {
    return job.availableAt() == null || !job.availableAt().isAfter(clock.instant());
  }

  private static Attempt noted(Attempt attempt, JobChange change) {
    AttemptEnd end = attempt.endedAt() == null ? change.ended() : null;
    return new Attempt(
        attempt.number(),
        attempt.agent(),
        attempt.assignedAt(),
        attempt.startedAt() == null ? change.started() : attempt.startedAt(),
        end == null ? attempt.endedAt() : end.at(),
        end == null ? attempt.outcome() : end.outcome(),
        end == null ? attempt.error() : end.error());
  }
}
