package dev.muster.jdbc.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.scheduling.Planned;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.tenancy.Pool;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.SqlArray;
import dev.muster.jdbc.counters.TenantCounters;
import dev.muster.ports.in.scheduling.JobDispatch.LeasedJob;
import dev.muster.ports.out.scheduling.JobQueue.Assignment;
import dev.muster.ports.out.scheduling.JobQueue.Execution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Carries out one plan in the open transaction: assigns the jobs that still wait, and counts them
 * where their agents and tenants have room. The counters come last, so that others wait for them as
 * short as can be. Where the room was less than planned for, what was assigned is undone, and done
 * again with the counters locked first.
 */
final class PlanExecution {
  /**
   * Waits for each row, and answers it as it is then. That tenants come after agents is sure,
   * because the count of those is needed before the first tenant is.
   */
  private static final String LOCK =
      """
      WITH agent AS MATERIALIZED (
        SELECT agent_id, max_concurrent - leased AS room FROM agent_counters
        WHERE agent_id = ANY (:agents) AND open AND leased < max_concurrent
        ORDER BY agent_id
        FOR NO KEY UPDATE
      ), tenant AS MATERIALIZED (
        SELECT tenant_id, max_running - running AS room FROM tenant_counters
        WHERE (SELECT count(*) FROM agent) > 0
          AND tenant_id = ANY (:tenants) AND open AND running < max_running
        ORDER BY tenant_id
        FOR NO KEY UPDATE
      )
      SELECT tenant_id AS id, room FROM tenant
      UNION ALL
      SELECT agent_id, room FROM agent
      """;

  /**
   * By their keys, and only then by their state (OFFSET keeps the two apart): the indexes of what
   * waits are short, but for the dead entries of all that did. Waits for nobody, so their order
   * does not matter.
   */
  private static final String ASSIGN =
      """
      WITH waiting AS MATERIALIZED (
        SELECT job.tenant_id, job.id, plan.agent_id, plan.claim_id
        FROM unnest(:tenants, :jobs, :agents, :claims) AS plan (tenant_id, id, agent_id, claim_id)
        JOIN agent_counters AS agents ON agents.agent_id = plan.agent_id
        CROSS JOIN LATERAL (
          SELECT tenant_id, id, agent_tenant_id, status, due FROM jobs
          WHERE jobs.tenant_id = plan.tenant_id AND jobs.id = plan.id
          OFFSET 0
          FOR NO KEY UPDATE SKIP LOCKED) AS job
        WHERE job.agent_tenant_id = agents.tenant_id AND job.status = 'queued' AND job.due
      ), assigned AS (
        UPDATE jobs SET
          status = 'assigned',
          attempt = attempt + 1,
          attempts_used = attempts_used + 1,
          agent_id = waiting.agent_id,
          claim_id = waiting.claim_id,
          assigned_at = :now,
          lease_expires_at = :leaseUntil,
          missed_heartbeats = 0,
          started_at = NULL,
          cancel_requested_at = NULL,
          cancel_told = false,
          progress_percent = NULL,
          progress_message = NULL,
          error_class = NULL,
          error_message = NULL
        FROM waiting
        WHERE jobs.tenant_id = waiting.tenant_id AND jobs.id = waiting.id
        RETURNING jobs.*
      ), noted AS (
        INSERT INTO job_attempts (tenant_id, job_id, number, agent_id, assigned_at)
        SELECT tenant_id, id, attempt, agent_id, assigned_at FROM assigned
      )
      SELECT assigned.*, tenants.slug
      FROM assigned
      JOIN tenants ON tenants.id = assigned.tenant_id
      """;

  private static final String WAITING =
      """
      SELECT job.id
      FROM unnest(:tenants, :jobs) AS plan (tenant_id, id)
      CROSS JOIN LATERAL (
        SELECT id, status, due FROM jobs
        WHERE jobs.tenant_id = plan.tenant_id AND jobs.id = plan.id
        OFFSET 0) AS job
      WHERE job.status = 'queued' AND job.due
      """;

  /** Under the limits; locks the rows of each kind in their order before it changes the first. */
  private static final String COUNT =
      """
      WITH locked_agent AS MATERIALIZED (
        SELECT agent_id FROM agent_counters
        WHERE agent_id = ANY (:agents)
        ORDER BY agent_id
        FOR NO KEY UPDATE
      ), locked_tenant AS MATERIALIZED (
        SELECT tenant_id FROM tenant_counters
        WHERE (SELECT count(*) FROM locked_agent) > 0 AND tenant_id = ANY (:tenants)
        ORDER BY tenant_id
        FOR NO KEY UPDATE
      ), agent AS (
        UPDATE agent_counters AS counters SET leased = counters.leased + started.jobs
        FROM unnest(:agents, :agentJobs) AS started (agent_id, jobs)
        JOIN locked_agent ON locked_agent.agent_id = started.agent_id
        WHERE counters.agent_id = started.agent_id AND counters.open
          AND counters.leased + started.jobs <= counters.max_concurrent
        RETURNING counters.agent_id
      ), counters AS (
        UPDATE tenant_counters AS counters SET
          queued = counters.queued - started.jobs,
          running = counters.running + started.jobs,
          running_shared = counters.running_shared + started.shared,
          virtual_time = greatest(counters.virtual_time, started.virtual_time)
            + started.jobs * (:fullCost / counters.weight)
        FROM unnest(:tenants, :tenantJobs, :shared, :virtualTimes)
          AS started (tenant_id, jobs, shared, virtual_time)
        JOIN locked_tenant ON locked_tenant.tenant_id = started.tenant_id
        WHERE counters.tenant_id = started.tenant_id AND counters.open
          AND counters.running + started.jobs <= counters.max_running
        RETURNING counters.*
      )
      SELECT (SELECT count(*) FROM agent) AS agents,
      """
          + TenantCounters.COLUMNS
          + """
          FROM counters
          JOIN tenants ON tenants.id = counters.tenant_id
          """;

  private static final String BEFORE = "before";

  private final Handle handle;
  private final Instant now;
  private final Instant leaseUntil;

  PlanExecution(Handle handle, Instant now, Instant leaseUntil) {
    this.handle = handle;
    this.now = now;
    this.leaseUntil = leaseUntil;
  }

  Execution carryOut(List<Assignment> plan) {
    return atOnce(plan).orElseGet(() -> underLocks(plan));
  }

  /** Trusts the plan; empty, and nothing is changed, where it promised more than there is. */
  private Optional<Execution> atOnce(List<Assignment> plan) {
    long jobs = plan.stream().map(step -> step.planned().grant().job()).distinct().count();
    if (jobs < plan.size()) {
      return Optional.empty();
    }
    handle.savepoint(BEFORE);
    List<LeasedJob> started = inOrderOf(plan, assign(plan));
    if (started.isEmpty()) {
      return Optional.of(new Execution(List.of(), stillWaiting(plan, started), List.of()));
    }
    Optional<List<TenantStanding>> standings = count(plan, started);
    if (standings.isEmpty()) {
      handle.rollbackToSavepoint(BEFORE);
    }
    return standings.map(after -> new Execution(started, stillWaiting(plan, started), after));
  }

  private Execution underLocks(List<Assignment> plan) {
    List<Planned> waiting = new ArrayList<>();
    List<Assignment> possible = possible(plan, room(plan), waiting);
    List<LeasedJob> started =
        possible.isEmpty() ? List.of() : inOrderOf(possible, assign(possible));
    waiting.addAll(stillWaiting(possible, started));
    if (started.isEmpty()) {
      return new Execution(List.of(), waiting, List.of());
    }
    List<TenantStanding> standings =
        count(possible, started)
            .orElseThrow(
                () -> new IllegalStateException("a limit moved while its counter was locked"));
    return new Execution(started, waiting, standings);
  }

  private Map<UUID, Integer> room(List<Assignment> plan) {
    return handle
        .createQuery(LOCK)
        .bind("tenants", SqlArray.of(UUID.class, ids(plan, PlanExecution::tenant)))
        .bind("agents", SqlArray.of(UUID.class, ids(plan, PlanExecution::agent)))
        .map((row, context) -> Map.entry(Columns.uuid(row, "id"), row.getInt("room")))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** In the plan's order, as long as tenant and agent have room, and each job once. */
  private static List<Assignment> possible(
      List<Assignment> plan, Map<UUID, Integer> rooms, List<Planned> others) {
    Map<UUID, Integer> room = new HashMap<>(rooms);
    Set<JobId> jobs = new HashSet<>();
    List<Assignment> possible = new ArrayList<>();
    for (Assignment step : plan) {
      if (room.getOrDefault(tenant(step), 0) > 0
          && room.getOrDefault(agent(step), 0) > 0
          && jobs.add(step.planned().grant().job())) {
        room.merge(tenant(step), -1, Integer::sum);
        room.merge(agent(step), -1, Integer::sum);
        possible.add(step);
      } else {
        others.add(step.planned());
      }
    }
    return possible;
  }

  private List<LeasedJob> assign(List<Assignment> steps) {
    return handle
        .createQuery(ASSIGN)
        .bind("tenants", SqlArray.of(UUID.class, each(steps, PlanExecution::tenant)))
        .bind("jobs", SqlArray.of(UUID.class, each(steps, PlanExecution::job)))
        .bind("agents", SqlArray.of(UUID.class, each(steps, PlanExecution::agent)))
        .bind("claims", SqlArray.of(String.class, claims(steps)))
        .bind("now", now)
        .bind("leaseUntil", leaseUntil)
        .map(JdbcJobQueue::leasedJob)
        .list();
  }

  /**
   * Of what was to start and did not, what may start yet: a job whose row somebody holds is passed
   * over, and whoever holds it may give it back, or be gone.
   */
  private List<Planned> stillWaiting(List<Assignment> steps, List<LeasedJob> started) {
    Set<JobId> begun =
        started.stream().map(leased -> leased.job().id()).collect(Collectors.toSet());
    List<Assignment> others =
        steps.stream().filter(step -> !begun.contains(step.planned().grant().job())).toList();
    if (others.isEmpty()) {
      return List.of();
    }
    Set<UUID> waiting =
        handle
            .createQuery(WAITING)
            .bind("tenants", SqlArray.of(UUID.class, each(others, PlanExecution::tenant)))
            .bind("jobs", SqlArray.of(UUID.class, each(others, PlanExecution::job)))
            .mapTo(UUID.class)
            .set();
    return others.stream()
        .filter(step -> waiting.contains(job(step)))
        .map(Assignment::planned)
        .toList();
  }

  /** Empty where a limit does not allow it. */
  private Optional<List<TenantStanding>> count(List<Assignment> steps, List<LeasedJob> started) {
    Map<UUID, Long> virtualTimes = new HashMap<>();
    steps.forEach(
        step -> virtualTimes.merge(tenant(step), step.planned().virtualTimeFloor(), Math::min));
    List<Map.Entry<UUID, Integer>> tenants = counted(started, job -> job.tenant().value());
    List<Map.Entry<UUID, Integer>> agents = counted(started, PlanExecution::agentOf);
    Map<UUID, Integer> shared = new HashMap<>();
    started.stream()
        .map(LeasedJob::job)
        .filter(job -> job.pool() == Pool.SHARED)
        .forEach(job -> shared.merge(job.tenant().value(), 1, Integer::sum));
    List<Counted> counted =
        handle
            .createQuery(COUNT)
            .bind("agents", SqlArray.of(UUID.class, each(agents, Map.Entry::getKey)))
            .bind("agentJobs", SqlArray.of(Integer.class, each(agents, Map.Entry::getValue)))
            .bind("tenants", SqlArray.of(UUID.class, each(tenants, Map.Entry::getKey)))
            .bind("tenantJobs", SqlArray.of(Integer.class, each(tenants, Map.Entry::getValue)))
            .bind(
                "shared",
                SqlArray.of(
                    Integer.class, each(tenants, one -> shared.getOrDefault(one.getKey(), 0))))
            .bind(
                "virtualTimes",
                SqlArray.of(
                    Long.class, each(tenants, one -> virtualTimes.getOrDefault(one.getKey(), 0L))))
            .bind("fullCost", TenantStanding.FULL_COST)
            .map((row, context) ->
                new Counted(row.getInt("agents"), TenantCounters.standing(row, context)))
            .list();
    return counted.size() == tenants.size() && counted.getFirst().agents() == agents.size()
        ? Optional.of(counted.stream().map(Counted::standing).toList())
        : Optional.empty();
  }

  private static List<Map.Entry<UUID, Integer>> counted(
      List<LeasedJob> started, Function<Job, UUID> key) {
    Map<UUID, Integer> counts = new HashMap<>();
    started.forEach(leased -> counts.merge(key.apply(leased.job()), 1, Integer::sum));
    return List.copyOf(counts.entrySet());
  }

  private static UUID agentOf(Job job) {
    if (job.agent() instanceof AgentId agent) {
      return agent.value();
    }
    throw new IllegalStateException("a leased job has an agent");
  }

  private static List<LeasedJob> inOrderOf(List<Assignment> steps, List<LeasedJob> started) {
    Map<JobId, LeasedJob> byId = new HashMap<>();
    started.forEach(leased -> byId.put(leased.job().id(), leased));
    return steps.stream()
        .map(step -> byId.get(step.planned().grant().job()))
        .filter(leased -> leased != null)
        .toList();
  }

  private static UUID tenant(Assignment step) {
    return step.planned().grant().tenant().value();
  }

  private static UUID job(Assignment step) {
    return step.planned().grant().job().value();
  }

  private static UUID agent(Assignment step) {
    return step.planned().grant().agent().value();
  }

  private static Set<UUID> ids(List<Assignment> plan, Function<Assignment, UUID> id) {
    return plan.stream().map(id).collect(Collectors.toSet());
  }

  private static <S, T> List<T> each(List<S> steps, Function<S, T> value) {
    return steps.stream().map(value).toList();
  }

  /** With null where the agent named no claim. */
  private static List<@Nullable String> claims(List<Assignment> steps) {
    List<@Nullable String> claims = new ArrayList<>();
    steps.forEach(step -> claims.add(step.claimId()));
    return claims;
  }

  /** A tenant after its starts, and how many agents were counted with all of them. */
  private record Counted(int agents, TenantStanding standing) {}
}
