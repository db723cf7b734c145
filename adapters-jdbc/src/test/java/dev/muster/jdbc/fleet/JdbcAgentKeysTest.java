package dev.muster.jdbc.fleet;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.TestDatabase;
import dev.muster.ports.out.fleet.AgentGrants;
import dev.muster.ports.out.fleet.AgentKeys;
import dev.muster.ports.out.fleet.AgentKeysContract;
import dev.muster.ports.out.fleet.AgentLogins;
import dev.muster.ports.out.fleet.Agents;
import dev.muster.ports.out.fleet.Sightings;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JdbcAgentKeysTest extends AgentKeysContract {
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
  protected Sightings sightings() {
    return new JdbcSightings(database.transactions(), "here", Duration.ofSeconds(60));
  }

  @Override
  protected Agents agents() {
    return new JdbcAgents(database.transactions());
  }

  @Override
  protected AgentKeys keys() {
    return new JdbcAgentKeys(database.transactions());
  }

  @Override
  protected AgentLogins logins() {
    return new JdbcAgentLogins(database.transactions());
  }

  @Override
  protected AgentGrants grants() {
    return new JdbcAgentGrants(database.transactions());
  }

  @Override
  protected TenantId aTenant() {
    return database.aTenant();
  }
}
