package dev.muster.jdbc.audit;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.TestDatabase;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.audit.AuditArchive;
import dev.muster.ports.out.audit.AuditLog;
import dev.muster.ports.out.audit.AuditLogContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JdbcAuditLogTest extends AuditLogContract {
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
  protected AuditLog log() {
    return new JdbcAuditLog(database.transactions());
  }

  @Override
  protected AuditArchive archive() {
    return new JdbcAuditLog(database.transactions());
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
