package dev.muster.jdbc.access;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.TestDatabase;
import dev.muster.ports.out.access.Users;
import dev.muster.ports.out.access.UsersContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JdbcUsersTest extends UsersContract {
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
  protected Users users() {
    return new JdbcUsers(database.transactions());
  }

  @Override
  protected TenantId aTenant() {
    return database.aTenant();
  }
}
