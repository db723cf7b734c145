package dev.muster.jdbc.update;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.TestDatabase;
import dev.muster.ports.out.update.ReleasesContract;
import java.util.UUID;
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
        .useHandle(handle -> handle.execute("TRUNCATE releases, release_pieces, agent_updates"));
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
        new JdbcAgentUpdateLog(database.transactions()));
  }

  @Override
  protected AgentId agentOf(TenantId tenant) {
    UUID id = UUID.randomUUID();
    database
        .asSuperuser()
        .useHandle(handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO agents
                      (tenant_id, id, name, capabilities, tools, worker_type, max_concurrent,
                       enabled, draining, created_at)
                    VALUES (:tenant, :id, :name, '{}', '{}', 'task', 1, true, false, now())
                    """)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .bind("name", "a-" + id)
                .execute());
    return new AgentId(id);
  }
}
