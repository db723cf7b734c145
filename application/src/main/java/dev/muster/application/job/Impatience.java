package dev.muster.application.job;

import dev.muster.application.identity.Ids;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobSpec;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.job.WhenNoAgent;
import dev.muster.domain.tenancy.Placement;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.tenancy.Tenants;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds out what jobs that do not want to wait would wait for. It is asked before the transaction
 * that takes them, which holds locks that others wait for.
 */
final class Impatience {
  private final Transactions transactions;
  private final Tenants tenants;
  private final FreeAgents freeAgents;
  private final InstantSource clock;
  private final Ids ids;

  Impatience(
      Transactions transactions,
      Tenants tenants,
      FreeAgents freeAgents,
      InstantSource clock,
      Ids ids) {
    this.transactions = transactions;
    this.tenants = tenants;
    this.freeAgents = freeAgents;
    this.clock = clock;
    this.ids = ids;
  }

  /** What those of the jobs require for which there is no free agent now. */
  Set<Requirements> unmet(TenantId tenant, List<JobSpec> specs) {
    List<JobSpec> impatient =
        specs.stream().filter(spec -> spec.whenNoAgent() == WhenNoAgent.FAIL).toList();
    return impatient.isEmpty()
        ? Set.of()
        : transactions.acrossTenants(
            () -> tenants.find(tenant).map(known -> unmet(known, impatient)).orElse(Set.of()));
  }

  private Set<Requirements> unmet(Tenant tenant, List<JobSpec> specs) {
    Instant now = clock.instant();
    Set<Requirements> asked = new HashSet<>();
    Set<Requirements> unmet = new HashSet<>();
    for (JobSpec spec : specs) {
      Job job = imagined(tenant, spec, now);
      if (NewJob.mustStartAtOnce(job, now)
          && asked.add(spec.requirements())
          && !freeAgents.isThereOneFor(job, now)) {
        unmet.add(spec.requirements());
      }
    }
    return unmet;
  }

  private Job imagined(Tenant tenant, JobSpec spec, Instant now) {
    JobId id = new JobId(ids.next(now));
    Placement placement = tenant.placement();
    return NewJob.queued(id, tenant.id(), spec, placement.pool(), placement.workerType(), "", now);
  }
}
