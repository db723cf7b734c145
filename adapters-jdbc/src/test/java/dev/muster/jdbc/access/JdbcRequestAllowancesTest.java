package dev.muster.jdbc.access;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.TestDatabase;
import dev.muster.ports.out.access.QuietCallers;
import dev.muster.ports.out.access.RequestAllowances;
import dev.muster.ports.out.access.RequestAllowancesContract;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JdbcRequestAllowancesTest extends RequestAllowancesContract {
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
  protected RequestAllowances allowances() {
    return new JdbcRequestAllowances(database.transactions());
  }

  @Override
  protected RequestAllowances elsewhere() {
    return new JdbcRequestAllowances(database.transactions());
  }

  @Override
  protected QuietCallers quiet() {
    return new JdbcRequestAllowances(database.transactions());
  }

  @Override
  protected TenantId aTenant() {
    return database.aTenant();
  }

  @Override
  protected Instant now() {
    return database.database().clock().instant();
  }
}
