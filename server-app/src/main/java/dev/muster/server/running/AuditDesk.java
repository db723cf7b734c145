package dev.muster.server.running;

import dev.muster.application.audit.AuditVerificationService;
import dev.muster.domain.credential.AuditSignatures;
import dev.muster.jdbc.JdbcDatabase;
import dev.muster.jdbc.audit.JdbcAuditChains;
import dev.muster.ports.in.audit.AuditVerification;

/** The few parts that it takes to check the audit logs, without the rest of the server. */
public final class AuditDesk implements AutoCloseable {
  private final JdbcDatabase database;
  private final AuditVerification verification;

  private AuditDesk(JdbcDatabase database, AuditVerification verification) {
    this.database = database;
    this.verification = verification;
  }

  /** Opens the database for a look at the audit logs. */
  public static AuditDesk in(DatabaseHost host) {
    JdbcDatabase database = host.open();
    return new AuditDesk(
        database,
        new AuditVerificationService(
            new JdbcAuditChains(database.transactions()),
            new AuditSignatures(host.masterKeys()),
            database.clock()));
  }

  /** What can be checked. */
  public AuditVerification verification() {
    return verification;
  }

  @Override
  public void close() {
    database.close();
  }
}
