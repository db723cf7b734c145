package dev.muster.jdbc.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.scheduling.AgentCrowd;
import dev.muster.domain.scheduling.LaneEnd;
import dev.muster.domain.scheduling.LaneStart;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.SqlArray;
import dev.muster.jdbc.counters.TenantCounters;
import dev.muster.jdbc.job.JdbcJobRow;
import dev.muster.ports.in.scheduling.JobDispatch.LeasedJob;
import dev.muster.ports.out.scheduling.JobQueue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The queue of all tenants. Thread-safe. */
public final class JdbcJobQueue implements JobQueue {
  private static final String STANDING =
      "SELECT "
          + TenantCounters.COLUMNS
          + """
          FROM tenant_counters AS counters
          JOIN tenants ON tenants.id = counters.tenant_id
          """;

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcJobQueue(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public List<TenantStanding> standings() {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(STANDING + "WHERE counters.queued > 0 OR counters.running > 0")
            .map(TenantCounters::standing)
            .list());
  }

  @Override
  public Optional<TenantStanding> standingOf(TenantId tenant) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(STANDING + "WHERE counters.tenant_id = :tenant")
            .bind("tenant", tenant.value())
            .map(TenantCounters::standing)
            .findOne());
  }

  @Override
  public Map<TenantId, List<LaneStart>> lanes(Set<TenantId> tenants, int window) {
    return tenants.isEmpty()
        ? Map.of()
        : transactions.forAllTenants(handle -> QueueReading.lanes(handle, tenants, window));
  }

  @Override
  public List<QueuedJob> after(LaneEnd end, int most) {
    return transactions.forAllTenants(handle -> QueueReading.after(handle, end, most));
  }

  @Override
  public OnlineAgents online(Instant since) {
    return transactions.forAllTenants(handle -> QueueReading.online(handle, since));
  }

  @Override
  public List<AgentCrowd> crowds(TenantId owner, Instant since) {
    return transactions.forAllTenants(handle -> CrowdReading.of(handle, owner, since));
  }

  @Override
  public Execution execute(List<Assignment> plan, Instant now, Instant leaseUntil) {
    return plan.isEmpty()
        ? Execution.NOTHING
        : transactions.forAllTenants(
            handle -> new PlanExecution(handle, now, leaseUntil).carryOut(plan));
  }

  @Override
  public List<LeasedJob> assignedUnder(Map<AgentId, String> claimIds) {
    return claimIds.isEmpty()
        ? List.of()
        : transactions.forAllTenants(handle -> assignedUnder(handle, claimIds));
  }

  private static List<LeasedJob> assignedUnder(Handle handle, Map<AgentId, String> claimIds) {
    List<Map.Entry<AgentId, String>> claims = List.copyOf(claimIds.entrySet());
    return handle
        .createQuery(
            """
            SELECT jobs.*, tenants.slug
            FROM unnest(:agents, :claims) AS claim (agent_id, claim_id)
            JOIN jobs ON jobs.agent_id = claim.agent_id AND jobs.claim_id = claim.claim_id
            JOIN tenants ON tenants.id = jobs.tenant_id
            WHERE jobs.status = 'assigned'
            ORDER BY jobs.assigned_at, jobs.id
            """)
        .bind(
            "agents",
            SqlArray.of(UUID.class, claims.stream().map(c -> c.getKey().value()).toList()))
        .bind(
            "claims", SqlArray.of(String.class, claims.stream().map(Map.Entry::getValue).toList()))
        .map(JdbcJobQueue::leasedJob)
        .list();
  }

  static LeasedJob leasedJob(ResultSet row, StatementContext context) throws SQLException {
    return new LeasedJob(
        JdbcJobRow.MAPPER.map(row, context), new TenantSlug(Columns.text(row, "slug")));
  }
}
