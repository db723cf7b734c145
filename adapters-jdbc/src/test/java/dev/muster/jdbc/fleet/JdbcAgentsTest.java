package dev.muster.jdbc.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.TestDatabase;
import dev.muster.ports.out.Samples;
import dev.muster.ports.out.fleet.Agents;
import dev.muster.ports.out.fleet.AgentsContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JdbcAgentsTest extends AgentsContract {
  private static TestDatabase database;

  @BeforeAll
  static void open() {
    database = TestDatabase.open();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Override
  protected Agents agents() {
    return new JdbcAgents(database.transactions(), "here", Duration.ofSeconds(60));
  }

  @Override
  protected TenantId aTenant() {
    return database.aTenant();
  }

  @Test
  void a_platform_agents_jobs_are_counted_though_they_are_other_tenants() {
    Agent agent = Samples.agent(TenantId.SYSTEM);
    agents().add(TenantId.SYSTEM, agent);
    leased(agent, "running");
    leased(agent, "assigned");
    leased(agent, "completed");

    int leased =
        database
            .transactions()
            .inTenant(
                TenantId.SYSTEM,
                () -> agents().find(TenantId.SYSTEM, agent.id()).orElseThrow().leased());

    assertThat(leased).isEqualTo(2);
    assertThat(agents().stats(TenantId.SYSTEM, Samples.NOW).leased()).isEqualTo(2);
  }

  /** A job of a tenant of its own. */
  private static void leased(Agent agent, String status) {
    String ended = status.equals("completed") ? "now()" : "NULL";
    String lease = status.equals("completed") ? "NULL" : "now()";
    database
        .asSuperuser()
        .useHandle(handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO jobs
                      (tenant_id, id, type, priority, payload, capabilities, tools,
                       when_no_agent, max_attempts, run_timeout_seconds,
                       queue_timeout_seconds, pool, worker_type, created_by, lane, status, due,
                       queued_at, due_at, expires_at, attempt, attempts_used, agent_id,
                       assigned_at, lease_expires_at, finished_at)
                    VALUES
                      (:tenant, :id, 'exec', 'normal', '{}', '{}', '{}', 'queue', 1, 1, 1,
                       'shared', 'task', 'x', :id, :status, true, now(), now(), now(), 1, 1,
                       :agent, now(), %s, %s)
                    """
                        .formatted(lease, ended))
                .bind("tenant", database.aTenant().value())
                .bind("id", Samples.id())
                .bind("status", status)
                .bind("agent", agent.id().value())
                .execute());
  }
}
