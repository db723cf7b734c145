package dev.muster.http.api;

import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.audit.AuditQueries;
import dev.muster.ports.in.audit.AuditRetentionAdministration;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.util.ArrayDeque;
import java.util.List;

/** The inbound ports of the audit log, as {@link PortFakes} are. */
final class AuditFakes {
  private AuditFakes() {}

  record Audit(Calls calls) implements AuditQueries {
    @Override
    public Page<AuditEntry> list(Caller caller, AuditFilter filter, PageRequest page) {
      return calls.page(Samples.auditEntry(), filter, page);
    }

    @Override
    public Parts export(Caller caller, AuditFilter filter, int most) {
      calls.page(Samples.auditEntry(), filter, PageRequest.first());
      var parts = new ArrayDeque<>(List.of(List.of(Samples.auditEntry()), List.<AuditEntry>of()));
      return parts::pop;
    }
  }

  record AuditDays(Calls calls) implements AuditRetentionAdministration {
    @Override
    public Outcome<Kept> find(Caller caller, TenantSlug tenant) {
      return calls.outcome(new Kept(0), tenant);
    }

    @Override
    public Outcome<Kept> set(Caller caller, TenantSlug tenant, int days) {
      return calls.outcome(new Kept(days), tenant, days);
    }
  }
}
