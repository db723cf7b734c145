package dev.muster.server.running;

import dev.muster.application.access.OperatorService;
import dev.muster.application.audit.Auditing;
import dev.muster.application.credential.Secrets;
import dev.muster.application.identity.Ids;
import dev.muster.domain.credential.MasterKeys;
import dev.muster.jdbc.JdbcDatabase;
import dev.muster.jdbc.access.JdbcUserTokens;
import dev.muster.jdbc.access.JdbcUsers;
import dev.muster.jdbc.audit.JdbcAuditLog;
import dev.muster.jdbc.scheduling.JdbcReplica;
import dev.muster.jdbc.scheduling.JdbcWakeups;
import dev.muster.ports.in.access.OperatorAccounts;
import java.security.SecureRandom;

/** The few parts that operators' accounts need, without the rest of the server. */
public final class Operators implements AutoCloseable {
  private final JdbcDatabase database;
  private final OperatorAccounts accounts;

  private Operators(JdbcDatabase database, OperatorAccounts accounts) {
    this.database = database;
    this.accounts = accounts;
  }

  /** Opens the database for operators' accounts. */
  public static Operators in(DatabaseHost host) {
    JdbcDatabase database = host.open();
    var transactions = database.transactions();
    var clock = database.clock();
    SecureRandom random = new SecureRandom();
    Ids ids = new Ids(clock, random);
    // Operators' tokens are neither derived nor sealed: no master key has a part in them.
    Secrets secrets = new Secrets(random, MasterKeys.of(new byte[MasterKeys.KEY_BYTES]));
    JdbcAuditLog log = new JdbcAuditLog(transactions);
    return new Operators(
        database,
        new OperatorService(
            transactions,
            new JdbcUsers(transactions),
            new JdbcUserTokens(transactions),
            new JdbcWakeups(transactions, new JdbcReplica()),
            secrets,
            new Auditing(log, log, transactions, clock, ids),
            clock,
            ids));
  }

  /** Operators' accounts. */
  public OperatorAccounts accounts() {
    return accounts;
  }

  @Override
  public void close() {
    database.close();
  }
}
