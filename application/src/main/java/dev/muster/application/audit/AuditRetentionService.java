package dev.muster.application.audit;

import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.audit.AuditRetentionAdministration;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.audit.AuditRetentions;
import dev.muster.ports.out.tenancy.Tenants;
import java.util.Optional;
import java.util.function.Function;

/** How long audit entries are kept. */
public final class AuditRetentionService implements AuditRetentionAdministration {
  private static final int FOR_EVER = 0;

  private final Transactions transactions;
  private final AuditRetentions retentions;
  private final Tenants tenants;
  private final Auditing auditing;

  /** Keeps them as {@code retentions} says. */
  public AuditRetentionService(
      Transactions transactions, AuditRetentions retentions, Tenants tenants, Auditing auditing) {
    this.transactions = transactions;
    this.retentions = retentions;
    this.tenants = tenants;
    this.auditing = auditing;
  }

  @Override
  public Outcome<Kept> find(Caller caller, TenantSlug tenant) {
    return of(tenant, id -> Outcome.done(new Kept(days(id))));
  }

  @Override
  public Outcome<Kept> set(Caller caller, TenantSlug tenant, int days) {
    if (days != FOR_EVER && (days < LEAST_DAYS || days > MOST_DAYS)) {
      return new Outcome.Refused<>(
          Refusal.invalid("/days", "must be 0 or %d to %d".formatted(LEAST_DAYS, MOST_DAYS)));
    }
    return of(
        tenant,
        id -> {
          int before = days(id);
          if (before != days) {
            retentions.set(id, days == FOR_EVER ? null : days);
            auditing.done(
                caller,
                id,
                "tenant.update",
                new Resource("tenant", tenant.value()),
                State.of("audit_retention_days", before),
                State.of("audit_retention_days", days));
          }
          return Outcome.done(new Kept(days));
        });
  }

  private int days(TenantId tenant) {
    return retentions.find(tenant).orElse(FOR_EVER);
  }

  private Outcome<Kept> of(TenantSlug slug, Function<TenantId, Outcome<Kept>> work) {
    return transactions.acrossTenants(() -> {
      Optional<TenantId> tenant =
          tenants.lockBySlug(slug).map(Tenant::id).filter(id -> !id.isSystem());
      return tenant
          .map(work)
          .orElseGet(() -> Outcome.refused(Code.NOT_FOUND, "There is no such tenant."));
    });
  }
}
