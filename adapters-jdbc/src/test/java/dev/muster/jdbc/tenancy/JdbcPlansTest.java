package dev.muster.jdbc.tenancy;

import dev.muster.jdbc.TestDatabase;
import dev.muster.ports.out.tenancy.Plans;
import dev.muster.ports.out.tenancy.PlansContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JdbcPlansTest extends PlansContract {
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
  protected Plans plans() {
    return new JdbcPlans(database.transactions());
  }
}
