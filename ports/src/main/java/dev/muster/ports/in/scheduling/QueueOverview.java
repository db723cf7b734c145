package dev.muster.ports.in.scheduling;

import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Priority;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.ports.in.access.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits and what runs over all tenants, for operators. */
public interface QueueOverview {
  /** How things stand now. */
  Overview now(Caller caller);

  /**
   * How things stand.
   *
   * @param at when this was looked at; what waits by pool, priority and capability was counted
   *     then, or, where the queue is long, at {@link Count#at()}
   * @param fronts the job that has waited longest in each pool and priority
   */
  record Overview(Instant at, Load load, Count count, List<Front> fronts, Waits waits) {
    /** Copies the list. */
    public Overview {
      fronts = List.copyOf(fronts);
    }
  }

  /**
   * What tenants have in the queue and under leases.
   *
   * @param queued jobs in the queue, those included whose time has not come
   * @param running jobs assigned or running
   * @param runningShared those of them that platform agents have
   * @param tenants those with the most jobs queued first; not all where there are many
   */
  record Load(long queued, long running, long runningShared, List<OfTenant> tenants) {
    /** Copies the list. */
    public Load {
      tenants = List.copyOf(tenants);
    }
  }

  /** What one tenant has, and the most that it may have running. */
  record OfTenant(TenantId tenant, TenantSlug slug, int queued, int running, int maxRunning) {}

  /**
   * What waits.
   *
   * @param at when it was counted
   * @param classes pools and priorities of which jobs wait
   * @param capabilities those that most waiting jobs ask for first; not all where there are many
   */
  record Count(Instant at, List<OfClass> classes, List<OfCapability> capabilities) {
    /** Copies the lists. */
    public Count {
      classes = List.copyOf(classes);
      capabilities = List.copyOf(capabilities);
    }
  }

  /**
   * How many jobs of a pool and priority wait.
   *
   * @param delayed those of them whose time has not come
   */
  record OfClass(Pool pool, Priority priority, long queued, long delayed) {}

  /** How many waiting jobs ask for a capability, maybe beside others. */
  record OfCapability(String capability, long queued) {}

  /**
   * The job of a pool and priority that has waited longest of those due.
   *
   * @param queuePriority by the formula, now: the highest of its pool and priority
   */
  record Front(
      Pool pool,
      Priority priority,
      JobId job,
      TenantId tenant,
      Instant queuedAt,
      int queuePriority) {}

  /**
   * How long jobs waited, from when they were due until they were given to an agent, of a sample of
   * those that were given since a moment.
   *
   * @param starts how many those were
   * @param longest null, as the others, where there were none
   */
  record Waits(
      Instant since,
      int starts,
      @Nullable Duration median,
      @Nullable Duration ninetieth,
      @Nullable Duration ninetyNinth,
      @Nullable Duration longest) {}
}
