package dev.muster.ports.out.job;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobSpec;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.job.WhenNoAgent;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** New jobs for tests. One at a time, not for sharing. */
public final class JobFixture {
  private final Tenant tenant;
  private Pool pool;
  private String type = "scan";
  private Priority priority = Priority.NORMAL;
  private Requirements requirements = Requirements.of(Set.of(), Set.of(), null);
  private Duration runTimeout = JobSpec.DEFAULT_RUN_TIMEOUT;
  private Duration queueTimeout = JobSpec.DEFAULT_QUEUE_TIMEOUT;
  private Instant queuedAt = JobStorageContract.NOW;
  private @Nullable Instant availableAt;

  private JobFixture(Tenant tenant) {
    this.tenant = tenant;
    this.pool = tenant.pool();
  }

  /** A queued job of a tenant, due, of the ordinary priority, that requires nothing. */
  public static JobFixture of(Tenant tenant) {
    return new JobFixture(tenant);
  }

  /** Of this type. */
  public JobFixture type(String value) {
    type = value;
    return this;
  }

  /** Of this priority. */
  public JobFixture priority(Priority value) {
    priority = value;
    return this;
  }

  /** With these requirements. */
  public JobFixture requires(Requirements value) {
    requirements = value;
    return this;
  }

  /** That may run for so long. */
  public JobFixture runTimeout(Duration value) {
    runTimeout = value;
    return this;
  }

  /** That may wait for so long. */
  public JobFixture queueTimeout(Duration value) {
    queueTimeout = value;
    return this;
  }

  /** For the agents of this pool. */
  public JobFixture pool(Pool value) {
    pool = value;
    return this;
  }

  /** Queued then. */
  public JobFixture queuedAt(Instant value) {
    queuedAt = value;
    return this;
  }

  /** Not to start before. */
  public JobFixture delayedUntil(Instant value) {
    availableAt = value;
    queuedAt = value;
    return this;
  }

  /** The job. */
  public Job job() {
    return new Job(
        new JobId(JobStorageContract.id()),
        tenant.id(),
        new JobSpec(
            type,
            priority,
            "{\"target\": \"example.com\"}",
            requirements,
            WhenNoAgent.QUEUE,
            JobSpec.DEFAULT_ATTEMPTS,
            runTimeout,
            queueTimeout,
            availableAt),
        pool,
        tenant.workerType(),
        JobStatus.QUEUED,
        0,
        0,
        null,
        queuedAt,
        availableAt,
        queuedAt,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        "user:ada");
  }
}
