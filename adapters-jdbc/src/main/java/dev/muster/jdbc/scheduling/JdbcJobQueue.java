package dev.muster.jdbc.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.scheduling.QueueView;
import dev.muster.domain.scheduling.TenantLoad;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.job.JdbcJobRow;
import dev.muster.jdbc.scheduling.QueueReading.Candidate;
import dev.muster.ports.in.scheduling.JobDispatch.LeasedJob;
import dev.muster.ports.out.scheduling.JobQueue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The queue of all tenants. Thread-safe. */
public final class JdbcJobQueue implements JobQueue {
  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcJobQueue(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public QueueView view(
      Set<TenantId> agentTenants,
      int window,
      Instant now,
      Instant onlineSince,
      Duration regionPatience) {
    return transactions.forAllTenants(handle -> {
      List<Candidate> candidates = QueueReading.candidates(handle, agentTenants, window);
      Map<TenantId, TenantLoad> loads = new HashMap<>();
      candidates.forEach(found -> loads.put(found.job().tenant(), found.load()));
      return new QueueView(
          now,
          loads,
          candidates.stream().map(Candidate::job).toList(),
          QueueReading.online(handle, agentTenants, onlineSince),
          regionPatience);
    });
  }

  @Override
  public Optional<TenantLoad> loadOf(TenantId tenant) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(
                """
                SELECT
                  counters.tenant_id, tenants.slug, counters.running,
                  CASE WHEN counters.open THEN counters.max_running ELSE 0 END AS max_running
                FROM tenant_counters AS counters
                JOIN tenants ON tenants.id = counters.tenant_id
                WHERE counters.tenant_id = :tenant
                """)
            .bind("tenant", tenant.value())
            .map(QueueReading::load)
            .findOne());
  }

  @Override
  public List<LeasedJob> assign(List<Assignment> plan, Instant now, Instant leaseUntil) {
    return plan.isEmpty()
        ? List.of()
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
        .bindArray("agents", UUID.class, claims.stream().map(c -> c.getKey().value()).toList())
        .bindArray("claims", String.class, claims.stream().map(Map.Entry::getValue).toList())
        .map(JdbcJobQueue::leasedJob)
        .list();
  }

  static LeasedJob leasedJob(ResultSet row, StatementContext context) throws SQLException {
    return new LeasedJob(
        JdbcJobRow.MAPPER.map(row, context), new TenantSlug(Columns.text(row, "slug")));
  }
}
