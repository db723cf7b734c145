package dev.muster.jdbc.enrolment;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.TestDatabase;
import dev.muster.ports.out.enrolment.SharedAgentPools;
import dev.muster.ports.out.enrolment.SharedAgentPoolsContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JdbcSharedAgentPoolsTest extends SharedAgentPoolsContract {
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
  protected SharedAgentPools pools() {
    return new JdbcSharedAgentPools(database.transactions());
  }

  @Override
  protected TenantId aTenant() {
    return database.aTenant();
  }
}
