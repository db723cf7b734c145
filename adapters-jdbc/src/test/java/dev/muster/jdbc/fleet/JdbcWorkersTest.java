package dev.muster.jdbc.fleet;

import dev.muster.domain.tenancy.Tenant;
import dev.muster.jdbc.TestDatabase;
import dev.muster.jdbc.tenancy.JdbcTenants;
import dev.muster.ports.out.Samples;
import dev.muster.ports.out.fleet.Agents;
import dev.muster.ports.out.fleet.Sightings;
import dev.muster.ports.out.fleet.WorkerDirectory;
import dev.muster.ports.out.fleet.Workers;
import dev.muster.ports.out.fleet.WorkersContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JdbcWorkersTest extends WorkersContract {
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
  protected Workers workers() {
    return new JdbcWorkers(database.transactions());
  }

  @Override
  protected WorkerDirectory directory() {
    return new JdbcWorkers(database.transactions());
  }

  @Override
  protected Sightings at(String replica) {
    return new JdbcSightings(database.transactions(), replica, LEASE);
  }

  @Override
  protected Agents agents() {
    return new JdbcAgents(database.transactions());
  }

  @Override
  protected Tenant aTenant() {
    Tenant tenant = Samples.tenant();
    new JdbcTenants(database.transactions()).add(tenant);
    return tenant;
  }
}
