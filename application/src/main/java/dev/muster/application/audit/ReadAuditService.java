package dev.muster.application.audit;

import dev.muster.domain.access.Action;
import dev.muster.domain.access.Principal;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.audit.AuditedReads;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.audit.ReadAudit;
import dev.muster.ports.out.Transactions;

/** Notes what people read, each read in a transaction of its own. */
public final class ReadAuditService implements ReadAudit {
  private final Transactions transactions;
  private final Auditing auditing;

  /** Notes with {@code auditing}. */
  public ReadAuditService(Transactions transactions, Auditing auditing) {
    this.transactions = transactions;
    this.auditing = auditing;
  }

  @Override
  public void note(Caller caller, Action action, String what) {
    if (caller.principal() instanceof Principal.OfUser && AuditedReads.isOptional(action)) {
      Resource resource = new Resource("path", what);
      transactions.inTenant(
          caller.tenant(),
          () -> {
            auditing.done(caller, caller.tenant(), action.wireName(), resource, null, null);
            return true;
          });
    }
  }
}
