package dev.muster.jdbc.fleet;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.TestDatabase;
import dev.muster.ports.out.fleet.Agents;
import dev.muster.ports.out.fleet.Safeguards;
import dev.muster.ports.out.fleet.SafeguardsContract;
import dev.muster.ports.out.fleet.SigningSecrets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JdbcSafeguardsTest extends SafeguardsContract {
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
    return new JdbcAgents(database.transactions());
  }

  @Override
  protected Safeguards safeguards() {
    return new JdbcSafeguards(database.transactions());
  }

  @Override
  protected SigningSecrets secrets() {
    return new JdbcSigningSecrets(database.transactions());
  }

  @Override
  protected TenantId aTenant() {
    return database.aTenant();
  }
}
