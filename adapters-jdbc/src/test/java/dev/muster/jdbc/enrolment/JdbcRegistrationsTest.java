package dev.muster.jdbc.enrolment;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.TestDatabase;
import dev.muster.jdbc.fleet.JdbcAgents;
import dev.muster.ports.out.enrolment.Registrations;
import dev.muster.ports.out.enrolment.RegistrationsContract;
import dev.muster.ports.out.fleet.Agents;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JdbcRegistrationsTest extends RegistrationsContract {
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
  protected Registrations registrations() {
    return new JdbcRegistrations(database.transactions());
  }

  @Override
  protected Agents agents() {
    return new JdbcAgents(database.transactions());
  }

  @Override
  protected TenantId aTenant() {
    return database.aTenant();
  }
}
