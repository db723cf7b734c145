package dev.muster.jdbc.enrolment;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.TestDatabase;
import dev.muster.jdbc.fleet.JdbcAgentLogins;
import dev.muster.jdbc.fleet.JdbcAgents;
import dev.muster.jdbc.fleet.JdbcSightings;
import dev.muster.ports.out.enrolment.NamedAgents;
import dev.muster.ports.out.enrolment.NamedAgentsContract;
import dev.muster.ports.out.enrolment.SharedAgentPools;
import dev.muster.ports.out.fleet.AgentLogins;
import dev.muster.ports.out.fleet.Agents;
import dev.muster.ports.out.fleet.Sightings;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JdbcNamedAgentsTest extends NamedAgentsContract {
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
  protected NamedAgents named() {
    return new JdbcNamedAgents(database.transactions());
  }

  @Override
  protected SharedAgentPools pools() {
    return new JdbcSharedAgentPools(database.transactions());
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
  protected AgentLogins logins() {
    return new JdbcAgentLogins(database.transactions());
  }

  @Override
  protected TenantId aTenant() {
    return database.aTenant();
  }
}
