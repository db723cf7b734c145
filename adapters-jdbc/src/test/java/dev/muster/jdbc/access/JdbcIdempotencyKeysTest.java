package dev.muster.jdbc.access;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.TestDatabase;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.access.ExpiredKeys;
import dev.muster.ports.out.access.IdempotencyKeys;
import dev.muster.ports.out.access.IdempotencyKeysContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JdbcIdempotencyKeysTest extends IdempotencyKeysContract {
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
  protected IdempotencyKeys keys() {
    return new JdbcIdempotencyKeys(database.transactions());
  }

  @Override
  protected ExpiredKeys expired() {
    return new JdbcIdempotencyKeys(database.transactions());
  }

  @Override
  protected Transactions transactions() {
    return database.transactions();
  }

  @Override
  protected TenantId aTenant() {
    return database.aTenant();
  }
}
