package dev.muster.jdbc.update;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.TestDatabase;
import dev.muster.jdbc.fleet.JdbcAgentKeys;
import dev.muster.ports.out.fleet.AgentKeys.SealedUpdateKey;
import dev.muster.ports.out.update.ReleasesContract;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class JdbcReleasesTest extends ReleasesContract {
  private static TestDatabase database;

  @BeforeAll
  static void open() {
    database = TestDatabase.open();
  }

  @BeforeEach
  void empty() {
    database
        .asSuperuser()
        .useHandle(handle ->
            handle.execute("TRUNCATE releases, release_pieces, agent_updates, agents CASCADE"));
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Override
  protected Ports ports() {
    return new Ports(
        new JdbcReleases(database.transactions()),
        new JdbcArtifacts(database.transactions()),
        new JdbcAgentUpdateLog(database.transactions()),
        new JdbcNudges(database.transactions()));
  }

  @Override
  protected AgentId agentOf(TenantId tenant) {
    return agent(tenant, null, null);
  }

  @Override
  protected AgentId updatable(@Nullable String region, Instant seenAt) {
    AgentId agent = agent(TenantId.SYSTEM, region, seenAt);
    new JdbcAgentKeys(database.transactions())
        .keepUpdateKey(TenantId.SYSTEM, agent, new SealedUpdateKey(1, new byte[] {2, 1}));
    return agent;
  }

  private static AgentId agent(TenantId tenant, @Nullable String region, @Nullable Instant seenAt) {
    UUID id = UUID.randomUUID();
    database
        .asSuperuser()
        .useHandle(handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO agents
                      (tenant_id, id, name, capabilities, tools, region, worker_type,
                       max_concurrent, enabled, draining, last_seen_at, created_at)
                    VALUES (:tenant, :id, :name, '{}', '{}', :region, 'task', 1, true, false,
                      :seen_at, now())
                    """)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .bind("region", region)
                .bindByType("seen_at", seenAt, Instant.class)
                .bind("name", "a-" + id)
                .execute());
    return new AgentId(id);
  }
}
