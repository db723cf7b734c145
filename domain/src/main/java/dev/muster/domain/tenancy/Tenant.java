package dev.muster.domain.tenancy;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer.
 *
 * @param pool whose agents take its jobs, where agents do
 * @param workerType must be the worker type of an agent that takes this tenant's jobs
 * @param weight overrides the plan's weight, or null for the plan's
 * @param taskMaxConcurrent lowers the plan's cap where it is above 0
 * @param certificateFingerprints SHA-256 of client certificates in lower-case hex, at most two
 */
public record Tenant(
    TenantId id,
    TenantSlug slug,
    String name,
    PlanName plan,
    WorkerMode workerMode,
    Pool pool,
    String workerType,
    SecretDelivery secretDelivery,
    @Nullable Integer weight,
    int taskMaxConcurrent,
    List<String> certificateFingerprints,
    TenantStatus status,
    Instant createdAt) {

  /** What a tenant's jobs need of an agent unless the tenant says otherwise. */
  public static final String DEFAULT_WORKER_TYPE = "task";

  /** Copies the list. */
  public Tenant {
    certificateFingerprints = List.copyOf(certificateFingerprints);
  }

  /** Which agents take the jobs that it submits now. */
  public Placement placement() {
    return Placement.of(workerMode, pool, workerType);
  }

  /** How many jobs may be assigned or running at once under {@code plan}. */
  public int cap(Plan plan) {
    return taskMaxConcurrent > 0
        ? Math.min(plan.maxConcurrentJobs(), taskMaxConcurrent)
        : plan.maxConcurrentJobs();
  }

  /** The weight in force under {@code plan}. */
  public int effectiveWeight(Plan plan) {
    return weight == null ? plan.weight() : weight;
  }
}
