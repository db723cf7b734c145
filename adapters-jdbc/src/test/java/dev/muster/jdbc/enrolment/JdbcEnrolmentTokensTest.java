package dev.muster.jdbc.enrolment;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.TestDatabase;
import dev.muster.jdbc.fleet.JdbcAgents;
import dev.muster.ports.out.enrolment.EnrolmentTokenLookup;
import dev.muster.ports.out.enrolment.EnrolmentTokens;
import dev.muster.ports.out.enrolment.EnrolmentTokensContract;
import dev.muster.ports.out.fleet.Agents;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JdbcEnrolmentTokensTest extends EnrolmentTokensContract {
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
  protected EnrolmentTokens tokens() {
    return new JdbcEnrolmentTokens(database.transactions());
  }

  @Override
  protected EnrolmentTokenLookup lookup() {
    return new JdbcEnrolmentTokens(database.transactions());
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
