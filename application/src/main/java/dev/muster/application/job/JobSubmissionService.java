package dev.muster.application.job;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.application.credential.Secrets;
import dev.muster.application.identity.Ids;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobSpec;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.WhenNoAgent;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.job.JobSubmission;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.job.JobDirectory;
import dev.muster.ports.out.job.Jobs;
import dev.muster.ports.out.scheduling.Wakeups;
import dev.muster.ports.out.tenancy.Tenants;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Puts jobs into the queue. */
public final class JobSubmissionService implements JobSubmission {
  private static final int LAST_KNOWN_POSITION = 1_000;

  private final Transactions transactions;
  private final Tenants tenants;
  private final Jobs jobs;
  private final JobDirectory directory;
  private final FreeAgents freeAgents;
  private final Wakeups wakeups;
  private final Secrets secrets;
  private final Auditing auditing;
  private final InstantSource clock;
  private final Ids ids;

  /** Where submitted jobs go, and who is told. */
  public record Queue(
      Tenants tenants, Jobs jobs, JobDirectory directory, FreeAgents freeAgents, Wakeups wakeups) {}

  /** Puts jobs into {@code queue}. */
  public JobSubmissionService(
      Transactions transactions,
      Queue queue,
      Secrets secrets,
      Auditing auditing,
      InstantSource clock,
      Ids ids) {
    this.transactions = transactions;
    this.tenants = queue.tenants();
    this.jobs = queue.jobs();
    this.directory = queue.directory();
    this.freeAgents = queue.freeAgents();
    this.wakeups = queue.wakeups();
    this.secrets = secrets;
    this.auditing = auditing;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public Outcome<Submitted> submit(Caller caller, JobSpec spec) {
    TenantId tenantId = caller.tenant();
    if (tenantId.isSystem()) {
      return Outcome.refused(
          Code.TENANT_REQUIRED,
          "An operator has no queue: submit with a token of a tenant's user.");
    }
    return transactions.inTenant(
        tenantId,
        () -> {
          Tenant tenant = tenants.find(tenantId).orElseThrow();
          return tenant.status() == TenantStatus.SUSPENDED
              ? suspended()
              : submit(caller, tenant, spec);
        });
  }

  private Outcome<Submitted> submit(Caller caller, Tenant tenant, JobSpec spec) {
    Instant now = clock.instant();
    Job job = newJob(caller, tenant, spec, now);
    return switch (jobs.add(tenant.id(), job)) {
      case YES -> Outcome.done(submitted(caller, job, now));
      case QUEUE_FULL ->
          Outcome.refused(Code.QUEUE_FULL, "The queue of this tenant's plan is full.");
      case TENANT_SUSPENDED -> suspended();
      case CHANGED_MEANWHILE -> throw new IllegalStateException("a new job cannot have changed");
    };
  }

  private Submitted submitted(Caller caller, Job job, Instant now) {
    State after = JobChanges.stateOf(job).with("type", job.spec().type());
    auditing.done(caller, job.tenant(), "job.submit", JobChanges.resource(job.id()), null, after);
    if (isClaimable(job, now)) {
      wakeups.jobsMayWait();
    }
    return new Submitted(
        Standings.of(job, now), tokenOf(job.tenant(), job.id()), positionOf(job, now));
  }

  private @Nullable Integer positionOf(Job job, Instant now) {
    return isClaimable(job, now)
        ? transactions
            .acrossTenants(() -> directory.position(job, now, LAST_KNOWN_POSITION))
            .orElse(null)
        : null;
  }

  private static boolean isClaimable(Job job, Instant now) {
    return job.status() == JobStatus.QUEUED && !job.dueAt().isAfter(now);
  }

  private Job newJob(Caller caller, Tenant tenant, JobSpec spec, Instant now) {
    Instant due =
        spec.availableAt() != null && spec.availableAt().isAfter(now) ? spec.availableAt() : now;
    Job queued =
        new Job(
            new JobId(ids.next(now)),
            tenant.id(),
            spec,
            tenant.pool(),
            tenant.workerType(),
            JobStatus.QUEUED,
            0,
            0,
            null,
            due,
            spec.availableAt(),
            due,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            caller.principal().displayName());
    return mustFail(queued, now) ? failed(queued, now) : queued;
  }

  private boolean mustFail(Job job, Instant now) {
    return job.spec().whenNoAgent() == WhenNoAgent.FAIL
        && isClaimable(job, now)
        && !freeAgents.isThereOneFor(job, now);
  }

  private static Job failed(Job job, Instant now) {
    JobError error =
        new JobError(JobError.NO_AGENT_AVAILABLE, "No agent that fits has a free slot.");
    return job.after(new dev.muster.domain.job.Transition.End(JobStatus.FAILED, null, error), now);
  }

  @Override
  public Secret tokenOf(TenantId tenant, JobId job) {
    return secrets.jobToken(tenant, job);
  }

  private static Outcome<Submitted> suspended() {
    return Outcome.refused(Code.TENANT_SUSPENDED, "The tenant has been suspended.");
  }
}
