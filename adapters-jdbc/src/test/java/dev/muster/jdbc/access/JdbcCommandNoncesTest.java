package dev.muster.jdbc.access;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.TestDatabase;
import dev.muster.ports.out.access.CommandNonces;
import dev.muster.ports.out.access.CommandNoncesContract;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JdbcCommandNoncesTest extends CommandNoncesContract {
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
  protected CommandNonces nonces() {
    return new JdbcCommandNonces(database.transactions());
  }

  @Override
  protected CommandNonces elsewhere() {
    return new JdbcCommandNonces(database.transactions());
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
