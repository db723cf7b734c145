package dev.muster.architecture.planted.tenantless.ports.out.job;

import dev.muster.architecture.planted.tenantless.domain.tenancy.TenantId;

public interface InnocentJobs {
  int count(TenantId tenant, String kind);
}
