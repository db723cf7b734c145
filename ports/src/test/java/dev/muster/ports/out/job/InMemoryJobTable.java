package dev.muster.ports.out.job;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of jobs and attempts, which several ports look at. For open transactions only. */
public final class InMemoryJobTable {
  private final InMemoryTable<JobId, Row> jobs;
  private final InMemoryTable<JobId, List<Attempt>> attempts;
  private final InMemoryTable<TenantId, Counts> counts;

  /**
   * A job with what only storage knows of it.
   *
   * @param due whether it may be claimed while it is queued
   * @param claimId the claim that it was assigned under, or null
   * @param misses heartbeats in a row that did not name it
   * @param cancelTold whether its agent heard that it is to stop
   */
  public record Row(
      Job job, boolean due, @Nullable String claimId, int misses, boolean cancelTold) {
    /** The same for what became of the job. */
    public Row with(Job after, boolean isDue) {
      return new Row(after, isDue, claimId, misses, cancelTold);
    }
  }

  /**
   * What is counted of a tenant beside its jobs.
   *
   * @param version how often anything of it changed
   * @param arrivals how many jobs came into its lanes
   */
  public record Counts(long version, long arrivals, long virtualTime) {
    static final Counts NONE = new Counts(0, 0, 0);
  }

  /** Without any. */
  public InMemoryJobTable(InMemoryStorage storage) {
    this.counts = storage.table();
    this.jobs = storage.table();
    this.attempts = storage.table();
  }

  /** All jobs. */
  public Stream<Row> all() {
    return jobs.stream();
  }

  /** The job of this id. */
  public Optional<Row> find(JobId id) {
    return jobs.find(id);
  }

  /** Adds or replaces a job. */
  public void put(Row row) {
    boolean wasInLane = find(row.job().id()).filter(InMemoryJobTable::isInLane).isPresent();
    jobs.put(row.job().id(), row);
    count(row, wasInLane);
  }

  private void count(Row row, boolean wasInLane) {
    TenantId tenant = row.job().tenant();
    Counts before = counts(tenant);
    int arrived = isInLane(row) && !wasInLane ? 1 : 0;
    counts.put(
        tenant,
        new Counts(before.version() + 1, before.arrivals() + arrived, before.virtualTime()));
  }

  private static boolean isInLane(Row row) {
    return row.due() && row.job().status() == JobStatus.QUEUED;
  }

  /** What is counted of a tenant. */
  public Counts counts(TenantId tenant) {
    return counts.find(tenant).orElse(Counts.NONE);
  }

  /** Moves a tenant's virtual time on. */
  public void spend(TenantId tenant, long floor, long cost) {
    Counts before = counts(tenant);
    counts.put(
        tenant,
        new Counts(
            before.version() + 1, before.arrivals(), Math.max(before.virtualTime(), floor) + cost));
  }

  /** Replaces a job that is there. */
  public void change(JobId id, UnaryOperator<Row> change) {
    find(id).ifPresent(row -> put(change.apply(row)));
  }

  /** The jobs that an agent has under leases. */
  public Stream<Row> leasedTo(AgentId agent) {
    return all().filter(row -> row.job().status().isLeased() && agent.equals(row.job().agent()));
  }

  /** How many jobs of a tenant are assigned or running. */
  public int running(TenantId tenant) {
    return (int) of(tenant).filter(job -> job.status().isLeased()).count();
  }

  /** How many jobs of a tenant are queued. */
  public int queued(TenantId tenant) {
    return (int) of(tenant).filter(job -> job.status() == JobStatus.QUEUED).count();
  }

  private Stream<Job> of(TenantId tenant) {
    return all().map(Row::job).filter(job -> job.tenant().equals(tenant));
  }

  /** The attempts of a job, oldest first. */
  public List<Attempt> attempts(JobId id) {
    return attempts.find(id).orElse(List.of());
  }

  /** Adds an attempt. */
  public void add(JobId id, Attempt attempt) {
    attempts.put(id, Stream.concat(attempts(id).stream(), Stream.of(attempt)).toList());
  }

  void change(JobId id, int number, UnaryOperator<Attempt> change) {
    attempts.change(
        id,
        all ->
            all.stream()
                .map(attempt -> attempt.number() == number ? change.apply(attempt) : attempt)
                .toList());
  }

  void remove(JobId id) {
    jobs.remove(id);
    attempts.remove(id);
  }
}
