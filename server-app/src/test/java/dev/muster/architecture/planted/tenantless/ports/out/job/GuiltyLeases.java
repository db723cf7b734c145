package dev.muster.architecture.planted.tenantless.ports.out.job;

import dev.muster.architecture.planted.tenantless.domain.tenancy.TenantId;

public interface GuiltyLeases {
  int count(String kind, TenantId tenant);
}
