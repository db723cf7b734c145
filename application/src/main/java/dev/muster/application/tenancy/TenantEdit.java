package dev.muster.application.tenancy;

import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.ports.in.tenancy.TenantAdministration.TenantChanges;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tenants with some of their fields replaced. */
final class TenantEdit {
  private TenantEdit() {}

  static Tenant apply(Tenant tenant, TenantChanges changes) {
    return new Tenant(
        tenant.id(),
        tenant.slug(),
        or(changes.name(), tenant.name()),
        or(changes.plan(), tenant.plan()),
        or(changes.workerMode(), tenant.workerMode()),
        or(changes.pool(), tenant.pool()),
        or(changes.workerType(), tenant.workerType()),
        or(changes.secretDelivery(), tenant.secretDelivery()),
        weight(tenant, changes.weight()),
        or(changes.taskMaxConcurrent(), tenant.taskMaxConcurrent()),
        or(changes.certificateFingerprints(), tenant.certificateFingerprints()),
        tenant.status(),
        tenant.createdAt());
  }

  static Tenant withStatus(Tenant tenant, TenantStatus status) {
    return new Tenant(
        tenant.id(),
        tenant.slug(),
        tenant.name(),
        tenant.plan(),
        tenant.workerMode(),
        tenant.pool(),
        tenant.workerType(),
        tenant.secretDelivery(),
        tenant.weight(),
        tenant.taskMaxConcurrent(),
        tenant.certificateFingerprints(),
        status,
        tenant.createdAt());
  }

  private static @Nullable Integer weight(Tenant tenant, @Nullable Optional<Integer> change) {
    return change == null ? tenant.weight() : change.orElse(null);
  }

  private static <T> T or(@Nullable T change, T present) {
    return change == null ? present : change;
  }
}
