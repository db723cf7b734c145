package dev.muster.application;

import dev.muster.application.audit.AuditQueryService;
import dev.muster.application.tenancy.PlanService;
import dev.muster.application.tenancy.TenantService;

/** Tenants, their plans and what was done, over ports in memory. */
interface TenancyServices extends Ground {
  /** Its tenants. */
  default TenantService tenants() {
    return new TenantService(
        ports().transactions(),
        ports().tenants(),
        ports().wakeups(),
        auditing(),
        ports().clock(),
        ids());
  }

  /** Its plans. */
  default PlanService plans() {
    return new PlanService(ports().transactions(), ports().plans(), ports().wakeups(), auditing());
  }

  /** Its audit log, as people read it. */
  default AuditQueryService auditQueries() {
    return new AuditQueryService(
        ports().transactions(), auditLog(), ports().auditLog(), auditing(), ports().clock());
  }
}
