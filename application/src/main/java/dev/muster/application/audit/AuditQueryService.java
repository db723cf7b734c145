package dev.muster.application.audit;

import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.audit.AuditQueries;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.audit.AuditArchive;
import dev.muster.ports.out.audit.AuditLog;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;

/** Reads the audit log, and notes that it was read. */
public final class AuditQueryService implements AuditQueries {
  private final Transactions transactions;
  private final AuditLog log;
  private final AuditArchive archive;
  private final Auditing auditing;

  /** Reads from {@code log}, and for operators from {@code archive}. */
  public AuditQueryService(
      Transactions transactions, AuditLog log, AuditArchive archive, Auditing auditing) {
    this.transactions = transactions;
    this.log = log;
    this.archive = archive;
    this.auditing = auditing;
  }

  @Override
  public Page<AuditEntry> list(Caller caller, AuditFilter filter, PageRequest page) {
    return transactions.inTenant(
        caller.tenant(),
        () -> {
          Page<AuditEntry> entries = find(caller, filter, page);
          auditing.done(
              caller, caller.tenant(), "audit.query", new Resource("audit_log", null), null, null);
          return entries;
        });
  }

  private Page<AuditEntry> find(Caller caller, AuditFilter filter, PageRequest page) {
    return caller.isOperator()
        ? transactions.acrossTenants(() -> archive.list(filter, page))
        : log.list(caller.tenant(), filter, page);
  }
}
