package dev.muster.jdbc.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.Pool;
import dev.muster.jdbc.Columns;
import dev.muster.ports.in.scheduling.JobDispatch.LeasedJob;
import dev.muster.ports.out.scheduling.JobQueue.Assignment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Carries out one plan in the open transaction: locks tenants, then agents, reads what room they
 * have, assigns the jobs that still wait, and counts exactly those. Until the transaction ends
 * nobody else takes that room.
 */
final class PlanExecution {
  /** Waits for each row, and answers it as it is then. */
  private static final String LOCK_TENANTS =
      """
      SELECT tenant_id AS id, max_running - running AS room FROM tenant_counters
      WHERE tenant_id = ANY (:ids) AND open AND running < max_running
      ORDER BY tenant_id
      FOR NO KEY UPDATE
      """;

  private static final String LOCK_AGENTS =
      """
      SELECT agent_id AS id, max_concurrent - leased AS room FROM agent_counters
      WHERE agent_id = ANY (:ids) AND open AND leased < max_concurrent
      ORDER BY agent_id
      FOR NO KEY UPDATE
      """;

  private static final String ASSIGN =
      """
      WITH waiting AS (
        SELECT jobs.tenant_id, jobs.id, plan.agent_id, plan.claim_id
        FROM unnest(:tenants, :jobs, :agents, :claims) AS plan (tenant_id, id, agent_id, claim_id)
        JOIN agents ON agents.id = plan.agent_id
        JOIN jobs ON jobs.tenant_id = plan.tenant_id AND jobs.id = plan.id
          AND jobs.agent_tenant_id = agents.tenant_id
        WHERE jobs.status = 'queued' AND jobs.due
        ORDER BY jobs.tenant_id, jobs.id
        FOR NO KEY UPDATE OF jobs SKIP LOCKED
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

  /** The limits once more: should one not hold, it is a mistake here, and nothing is committed. */
  private static final String COUNT_TENANTS =
      """
      UPDATE tenant_counters AS counters SET
        queued = counters.queued - started.jobs,
        running = counters.running + started.jobs,
        running_shared = counters.running_shared + started.shared
      FROM unnest(:tenants, :counts, :shared) AS started (tenant_id, jobs, shared)
      WHERE counters.tenant_id = started.tenant_id AND counters.open
        AND counters.running + started.jobs <= counters.max_running
      """;

  private static final String COUNT_AGENTS =
      """
      UPDATE agent_counters AS counters SET leased = counters.leased + started.jobs
      FROM unnest(:agents, :counts) AS started (agent_id, jobs)
      WHERE counters.agent_id = started.agent_id AND counters.open
        AND counters.leased + started.jobs <= counters.max_concurrent
      """;

  private final Handle handle;
  private final Instant now;
  private final Instant leaseUntil;

  PlanExecution(Handle handle, Instant now, Instant leaseUntil) {
    this.handle = handle;
    this.now = now;
    this.leaseUntil = leaseUntil;
  }

  List<LeasedJob> carryOut(List<Assignment> plan) {
    Map<UUID, Integer> tenants =
        room(LOCK_TENANTS, ids(plan, step -> step.grant().tenant().value()));
    Map<UUID, Integer> agents = room(LOCK_AGENTS, ids(plan, step -> step.grant().agent().value()));
    List<Assignment> possible = possible(plan, tenants, agents);
    if (possible.isEmpty()) {
      return List.of();
    }
    List<LeasedJob> started = inOrderOf(possible, assign(possible));
    count(started);
    return started;
  }

  private Map<UUID, Integer> room(String sql, Set<UUID> ids) {
    return handle
        .createQuery(sql)
        .bindArray("ids", UUID.class, ids)
        .map((row, context) -> Map.entry(Columns.uuid(row, "id"), row.getInt("room")))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** In the plan's order, as long as tenant and agent have room, and each job once. */
  private static List<Assignment> possible(
      List<Assignment> plan, Map<UUID, Integer> tenants, Map<UUID, Integer> agents) {
    Map<UUID, Integer> tenantRoom = new HashMap<>(tenants);
    Map<UUID, Integer> agentRoom = new HashMap<>(agents);
    Set<JobId> jobs = new HashSet<>();
    List<Assignment> possible = new ArrayList<>();
    for (Assignment step : plan) {
      UUID tenant = step.grant().tenant().value();
      UUID agent = step.grant().agent().value();
      if (tenantRoom.getOrDefault(tenant, 0) > 0
          && agentRoom.getOrDefault(agent, 0) > 0
          && jobs.add(step.grant().job())) {
        tenantRoom.merge(tenant, -1, Integer::sum);
        agentRoom.merge(agent, -1, Integer::sum);
        possible.add(step);
      }
    }
    return possible;
  }

  private List<LeasedJob> assign(List<Assignment> steps) {
    return handle
        .createQuery(ASSIGN)
        .bindArray("tenants", UUID.class, each(steps, step -> step.grant().tenant().value()))
        .bindArray("jobs", UUID.class, each(steps, step -> step.grant().job().value()))
        .bindArray("agents", UUID.class, each(steps, step -> step.grant().agent().value()))
        .bindArray("claims", String.class, claims(steps))
        .bind("now", now)
        .bind("leaseUntil", leaseUntil)
        .map(JdbcJobQueue::leasedJob)
        .list();
  }

  private void count(List<LeasedJob> started) {
    if (started.isEmpty()) {
      return;
    }
    List<Map.Entry<UUID, Integer>> tenants = counted(started, job -> job.tenant().value());
    Map<UUID, Integer> shared = new HashMap<>();
    started.stream()
        .map(LeasedJob::job)
        .filter(job -> job.pool() == Pool.SHARED)
        .forEach(job -> shared.merge(job.tenant().value(), 1, Integer::sum));
    int countedTenants =
        handle
            .createUpdate(COUNT_TENANTS)
            .bindArray("tenants", UUID.class, each(tenants, Map.Entry::getKey))
            .bindArray("counts", Integer.class, each(tenants, Map.Entry::getValue))
            .bindArray(
                "shared", Integer.class, each(tenants, one -> shared.getOrDefault(one.getKey(), 0)))
            .execute();
    List<Map.Entry<UUID, Integer>> agents = counted(started, PlanExecution::agentOf);
    int countedAgents =
        handle
            .createUpdate(COUNT_AGENTS)
            .bindArray("agents", UUID.class, each(agents, Map.Entry::getKey))
            .bindArray("counts", Integer.class, each(agents, Map.Entry::getValue))
            .execute();
    if (countedTenants != tenants.size() || countedAgents != agents.size()) {
      throw new IllegalStateException("a limit moved while its counter was locked");
    }
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
        .map(step -> byId.get(step.grant().job()))
        .filter(leased -> leased != null)
        .toList();
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
}
