package dev.muster.ports.out.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.identity.UuidV7;
import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Transition;
import dev.muster.domain.scheduling.Grant;
import dev.muster.domain.scheduling.Planned;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.SecretDelivery;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.domain.tenancy.WorkerMode;
import dev.muster.ports.in.scheduling.JobDispatch.LeasedJob;
import dev.muster.ports.out.job.Intake.Entrance;
import dev.muster.ports.out.scheduling.JobQueue.Assignment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts of jobs have in common: tenants, agents and jobs to start from. */
public abstract class JobStorageContract {
  /** The moment at which tests begin. */
  protected static final Instant NOW = Instant.parse("2026-03-29T00:59:30.123456Z");

  /** How long leases last here. */
  protected static final Duration LEASE = Duration.ofSeconds(60);

  private static final AtomicLong IDS = new AtomicLong();

  /** The storage of this test. */
  protected abstract JobStorage storage();

  @BeforeEach
  void begin() {
    storage().setTime(NOW);
  }

  /** Ids in the order in which they are asked for. */
  protected static UUID id() {
    return UuidV7.of(NOW.plusMillis(IDS.incrementAndGet()), new byte[UuidV7.RANDOM_BYTES]);
  }

  /** A new tenant that is stored. */
  protected Tenant tenant(PlanName plan) {
    return tenant(plan, Pool.SHARED);
  }

  /** A new tenant that is stored. */
  protected Tenant tenant(PlanName plan, Pool pool) {
    UUID id = id();
    Tenant tenant =
        new Tenant(
            new TenantId(id),
            new TenantSlug("t-" + id),
            "A tenant",
            plan,
            WorkerMode.AGENT,
            pool,
            Tenant.DEFAULT_WORKER_TYPE,
            SecretDelivery.REFERENCE,
            null,
            0,
            List.of(),
            TenantStatus.ACTIVE,
            NOW);
    storage().add(tenant);
    return tenant;
  }

  /** Suspends a tenant. */
  protected void suspend(Tenant tenant) {
    storage().replace(with(tenant, tenant.workerMode(), 0, TenantStatus.SUSPENDED));
  }

  /** Lowers how many jobs of a tenant may run at once. */
  protected void limit(Tenant tenant, int taskMaxConcurrent) {
    storage().replace(with(tenant, tenant.workerMode(), taskMaxConcurrent, tenant.status()));
  }

  /** The same tenant in part otherwise. */
  protected static Tenant with(
      Tenant tenant, WorkerMode mode, int taskMaxConcurrent, TenantStatus status) {
    return new Tenant(
        tenant.id(),
        tenant.slug(),
        tenant.name(),
        tenant.plan(),
        mode,
        tenant.pool(),
        tenant.workerType(),
        tenant.secretDelivery(),
        tenant.weight(),
        taskMaxConcurrent,
        tenant.certificateFingerprints(),
        status,
        tenant.createdAt());
  }

  /** A new platform agent that is stored and online. */
  protected Agent agent(int maxConcurrent) {
    return agent(TenantId.SYSTEM, Abilities.of(Set.of(), Set.of(), null), maxConcurrent);
  }

  /** A new agent that is stored and online. */
  protected Agent agent(TenantId tenant, Abilities abilities, int maxConcurrent) {
    UUID id = id();
    Agent agent =
        new Agent(
            new AgentId(id),
            tenant,
            new AgentName("a-" + id),
            abilities,
            Tenant.DEFAULT_WORKER_TYPE,
            null,
            maxConcurrent,
            0,
            true,
            false,
            "1.2.3",
            NOW,
            NOW);
    storage().add(agent);
    return agent;
  }

  /** A new job that is queued. */
  protected Job queued(Tenant tenant) {
    return queued(JobFixture.of(tenant).job());
  }

  /** Queues a job. */
  protected Job queued(Job job) {
    assertThat(entered(job)).isTrue();
    return job;
  }

  /** Adds a new job, unless it would be queued and there is no room for it. */
  protected boolean entered(Job job) {
    return storage()
        .transactions()
        .acrossTenants(() -> {
          Entrance entrance = storage().intake().lock(List.of(job.tenant())).get(job.tenant());
          boolean mayEnter = job.status() != JobStatus.QUEUED || entrance.room() > 0;
          if (mayEnter) {
            storage().intake().add(List.of(job), NOW);
          }
          return mayEnter;
        });
  }

  /** A new job that the agent has. */
  protected Job leased(Tenant tenant, Agent agent) {
    return assign(queued(tenant), agent, null).getFirst().job();
  }

  /** Assigns a job by the queue; answers what was assigned. */
  protected List<LeasedJob> assign(Job job, Agent agent, @Nullable String claim) {
    return storage()
        .queue()
        .execute(List.of(step(job, agent, claim)), NOW, NOW.plus(LEASE))
        .started();
  }

  /** A step of a plan. */
  protected static Assignment step(Job job, Agent agent, @Nullable String claim) {
    Grant grant = new Grant(job.tenant(), job.id(), agent.id());
    return new Assignment(new Planned(grant, QueuedJob.of(job), 0), claim);
  }

  /** The job as it is stored now. */
  protected Job stored(Job job) {
    return storage().jobs().find(job.tenant(), job.id()).orElseThrow();
  }

  /** A job as it is once it has ended. */
  protected static Job ended(Job job, JobStatus status) {
    return job.after(new Transition.End(status, null, null), NOW);
  }

  /** Cancels a queued job. */
  protected Job cancel(Job job) {
    return change(job, job.after(new Transition.End(JobStatus.CANCELLED, null, null), NOW));
  }

  /** Ends a leased job as completed. */
  protected Job complete(Job job) {
    return change(job, job.after(new Transition.End(JobStatus.COMPLETED, "{}", null), NOW));
  }

  /** Has the agent begin a job that was assigned to it. */
  protected Job start(Job job) {
    return change(job, job.after(new Transition.Start(null), NOW));
  }

  /** Gives a leased job back to the queue, to be tried again from a moment on. */
  protected Job requeue(Job job, Instant from) {
    JobError error = new JobError(JobError.LEASE_LOST, "not heard of");
    return change(
        job, job.after(new Transition.Requeue(from, true, Attempt.LEASE_LOST, error), NOW));
  }

  /** Asks for a leased job to stop. */
  protected Job requestCancel(Job job, Instant at) {
    return change(job, job.cancelRequested(at));
  }

  private Job change(Job before, Job after) {
    assertThat(replaced(before, after)).isTrue();
    return after;
  }

  /** Replaces a job, unless it is no longer in the state and attempt that it was read in. */
  protected boolean replaced(Job before, Job after) {
    return storage()
        .transactions()
        .acrossTenants(() -> {
          boolean isSame =
              storage().batches().lock(List.of(ref(before))).stream()
                  .anyMatch(
                      now -> now.status() == before.status() && now.attempt() == before.attempt());
          storage().batches().replace(isSame ? List.of(JobChange.of(before, after)) : List.of());
          return isSame;
        });
  }

  /** Which job. */
  protected static JobDirectory.Ref ref(Job job) {
    return new JobDirectory.Ref(job.tenant(), job.id());
  }
}
