package dev.muster.domain.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.Plan;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.domain.tenancy.TenantStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be otherwise in a {@link World}.
 *
 * @param added agents that come, with nothing to do
 * @param removed agents that take nothing more; what they have they finish
 */
public record WhatIf(
    Map<PlanName, PlanChange> plans,
    Map<TenantSlug, TenantChange> tenants,
    List<Seeker> added,
    Set<AgentId> removed) {
  /** Copies the collections. */
  public WhatIf {
    plans = Map.copyOf(plans);
    tenants = Map.copyOf(tenants);
    added = List.copyOf(added);
    removed = Set.copyOf(removed);
  }

  /** What is to be otherwise in a plan; null leaves it as it is. */
  public record PlanChange(
      @Nullable Integer maxConcurrentJobs,
      @Nullable Integer maxQueueSize,
      @Nullable Integer weight) {
    private Plan of(Plan plan) {
      return new Plan(
          plan.name(),
          or(maxConcurrentJobs, plan.maxConcurrentJobs()),
          or(maxQueueSize, plan.maxQueueSize()),
          or(weight, plan.weight()));
    }
  }

  /** What is to be otherwise with a tenant; null leaves it as it is. */
  public record TenantChange(
      @Nullable Integer weight, @Nullable Integer taskMaxConcurrent, @Nullable Boolean suspended) {
    private Tenant of(Tenant tenant) {
      return new Tenant(
          tenant.id(),
          tenant.slug(),
          tenant.name(),
          tenant.plan(),
          tenant.workerMode(),
          tenant.pool(),
          tenant.workerType(),
          tenant.secretDelivery(),
          weight == null ? tenant.weight() : weight,
          or(taskMaxConcurrent, tenant.taskMaxConcurrent()),
          tenant.certificateFingerprints(),
          status(tenant),
          tenant.createdAt());
    }

    private TenantStatus status(Tenant tenant) {
      if (suspended == null) {
        return tenant.status();
      }
      return suspended ? TenantStatus.SUSPENDED : TenantStatus.ACTIVE;
    }
  }

  /** Whether limits or tenants are to be otherwise, and not agents only. */
  public boolean isAboutTenants() {
    return !plans.isEmpty() || !tenants.isEmpty();
  }

  /**
   * The world as it would be.
   *
   * @param known tenants by slug; one that is missing stays as it stands
   * @param limits every plan as it is now
   */
  public World in(World world, Map<TenantSlug, Tenant> known, Map<PlanName, Plan> limits) {
    List<Seeker> agents = new ArrayList<>(world.agents());
    agents.removeIf(agent -> removed.contains(agent.agent()));
    agents.addAll(added);
    return new World(
        world.now(),
        world.tenants().stream().map(standing -> changed(standing, known, limits)).toList(),
        world.queue(),
        agents,
        world.leased());
  }

  private TenantStanding changed(
      TenantStanding standing, Map<TenantSlug, Tenant> known, Map<PlanName, Plan> limits) {
    Tenant before = known.get(standing.slug());
    Plan plan = before == null ? null : limits.get(before.plan());
    if (before == null || plan == null) {
      return standing;
    }
    TenantChange change = tenants.get(standing.slug());
    PlanChange ofPlan = plans.get(plan.name());
    return with(
        standing,
        change == null ? before : change.of(before),
        ofPlan == null ? plan : ofPlan.of(plan));
  }

  private static TenantStanding with(TenantStanding standing, Tenant tenant, Plan plan) {
    return new TenantStanding(
        standing.tenant(),
        standing.slug(),
        standing.version(),
        tenant.status() == TenantStatus.ACTIVE,
        standing.queued(),
        standing.running(),
        standing.runningShared(),
        tenant.cap(plan),
        tenant.effectiveWeight(plan),
        standing.virtualTime(),
        standing.arrivals());
  }

  private static int or(@Nullable Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }
}
