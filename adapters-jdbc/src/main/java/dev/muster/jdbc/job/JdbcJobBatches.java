package dev.muster.jdbc.job;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.SqlArray;
import dev.muster.jdbc.counters.AgentCounters;
import dev.muster.jdbc.counters.CounterChange;
import dev.muster.jdbc.counters.TenantCounters;
import dev.muster.ports.out.job.JobBatches;
import dev.muster.ports.out.job.JobChange;
import dev.muster.ports.out.job.JobDirectory.Ref;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Many jobs at once. Thread-safe: each thread works in its own open transaction. */
public final class JdbcJobBatches implements JobBatches {
  private static final String FIND =
      """
      SELECT tenant_id, id FROM jobs WHERE id = ANY (:ids)
      """;

  private static final String LOCK =
      """
      SELECT jobs.*
      FROM unnest(:tenants, :jobs) AS wanted (tenant_id, id)
      JOIN jobs ON jobs.tenant_id = wanted.tenant_id AND jobs.id = wanted.id
      ORDER BY jobs.tenant_id, jobs.id
      FOR NO KEY UPDATE OF jobs
      """;

  private static final String EVER_HELD =
      """
      SELECT DISTINCT held.tenant_id, held.job_id, held.agent_id
      FROM unnest(:tenants, :jobs, :agents) AS held (tenant_id, job_id, agent_id)
      JOIN job_attempts AS attempt ON attempt.tenant_id = held.tenant_id
        AND attempt.job_id = held.job_id AND attempt.agent_id = held.agent_id
      """;

  private final JdbcTransactions transactions;
  private final InstantSource clock;

  /**
   * On the transactions that are open.
   *
   * @param clock the one of the use cases: it tells which jobs are due as they are queued
   */
  public JdbcJobBatches(JdbcTransactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  @Override
  public List<Ref> find(Collection<JobId> ids) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(FIND)
            .bind("ids", SqlArray.of(UUID.class, ids.stream().map(JobId::value).toList()))
            .map((row, context) ->
                new Ref(
                    new TenantId(Columns.uuid(row, "tenant_id")),
                    new JobId(Columns.uuid(row, "id"))))
            .list());
  }

  @Override
  public List<Job> lock(Collection<Ref> jobs) {
    return jobs.isEmpty()
        ? List.of()
        : transactions.forAllTenants(handle -> rows(handle, List.copyOf(Set.copyOf(jobs))));
  }

  private static List<Job> rows(Handle handle, List<Ref> jobs) {
    return handle
        .createQuery(LOCK)
        .bind(
            "tenants",
            SqlArray.of(UUID.class, jobs.stream().map(job -> job.tenant().value()).toList()))
        .bind("jobs", SqlArray.of(UUID.class, jobs.stream().map(job -> job.job().value()).toList()))
        .map(JdbcJobRow.MAPPER)
        .list();
  }

  @Override
  public Set<Holding> everHeld(Collection<Holding> holdings) {
    return holdings.isEmpty()
        ? Set.of()
        : transactions.forAllTenants(handle -> held(handle, List.copyOf(holdings)));
  }

  private static Set<Holding> held(Handle handle, List<Holding> asked) {
    return handle
        .createQuery(EVER_HELD)
        .bind(
            "tenants",
            SqlArray.of(UUID.class, asked.stream().map(h -> h.job().tenant().value()).toList()))
        .bind(
            "jobs",
            SqlArray.of(UUID.class, asked.stream().map(h -> h.job().job().value()).toList()))
        .bind(
            "agents", SqlArray.of(UUID.class, asked.stream().map(h -> h.agent().value()).toList()))
        .map((row, context) ->
            new Holding(
                new Ref(
                    new TenantId(Columns.uuid(row, "tenant_id")),
                    new JobId(Columns.uuid(row, "job_id"))),
                new AgentId(Columns.uuid(row, "agent_id"))))
        .collect(Collectors.toSet());
  }

  @Override
  public List<TenantStanding> replace(List<JobChange> changes) {
    return changes.isEmpty()
        ? List.of()
        : transactions.forAllTenants(handle -> replace(handle, changes));
  }

  private List<TenantStanding> replace(Handle handle, List<JobChange> changes) {
    changes.forEach(JdbcJobBatches::refuseNewLease);
    ChangeStatement.write(handle, changes, this::isDue);
    AttemptStatements.noteAll(handle, changes);
    Map<AgentId, Integer> left = left(changes);
    if (!left.isEmpty()) {
      AgentCounters.leave(handle, left);
    }
    List<CounterChange> counted = counted(changes);
    return counted.isEmpty() ? List.of() : TenantCounters.apply(handle, counted);
  }

  private List<CounterChange> counted(List<JobChange> changes) {
    return changes.stream()
        .map(change -> CounterChange.of(change.before(), change.after(), isDue(change.after())))
        .filter(change -> !change.isNothing())
        .toList();
  }

  private static Map<AgentId, Integer> left(List<JobChange> changes) {
    Map<AgentId, Integer> left = new HashMap<>();
    for (JobChange change : changes) {
      Job before = change.before();
      if (before.status().isLeased()
          && !change.after().status().isLeased()
          && before.agent() instanceof AgentId agent) {
        left.merge(agent, 1, Integer::sum);
      }
    }
    return left;
  }

  /** Whether it may be claimed at once; the others are promoted when their time comes. */
  private boolean isDue(Job job) {
    return job.availableAt() == null || !job.availableAt().isAfter(clock.instant());
  }

  /** Else the cap could be passed: only the queue assigns. */
  private static void refuseNewLease(JobChange change) {
    if (change.after().status().isLeased() && !change.before().status().isLeased()) {
      throw new IllegalStateException("a job is leased by assigning it from the queue only");
    }
  }
}
