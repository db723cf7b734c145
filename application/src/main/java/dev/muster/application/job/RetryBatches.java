package dev.muster.application.job;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobLifecycle;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.job.BulkRetry.Obstacle;
import dev.muster.ports.in.job.BulkRetry.OfTenant;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.job.EndedJobs;
import dev.muster.ports.out.job.EndedJobs.QueueRoom;
import dev.muster.ports.out.job.EndedJobs.Renewed;
import dev.muster.ports.out.scheduling.Wakeups;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Queues the ended jobs of a tenant again in batches, each in a transaction of its own that locks
 * its jobs in their order and counts them into the queue if that has room. What a crash leaves
 * over, the same order does when it is given again.
 *
 * <p>Each job has its entry in the audit log, in the transaction that queues it; the last batch
 * brings the entry of the order as a whole.
 */
final class RetryBatches {
  /** Few enough that their payloads fit into memory, and nobody waits long for the counters. */
  private static final int AT_ONCE = 200;

  private static final String ACTION = "job.retry";

  private final Transactions transactions;
  private final EndedJobs ended;
  private final Wakeups wakeups;
  private final Auditing auditing;
  private final InstantSource clock;

  RetryBatches(
      Transactions transactions,
      EndedJobs ended,
      Wakeups wakeups,
      Auditing auditing,
      InstantSource clock) {
    this.transactions = transactions;
    this.ended = ended;
    this.wakeups = wakeups;
    this.auditing = auditing;
    this.clock = clock;
  }

  /** How a batch ended; with an obstacle it is the last. */
  private record Batch(int retried, boolean last, @Nullable Obstacle obstacle) {}

  /** Others took the room that was seen: it is looked at again. */
  private static final Batch OVERTAKEN = new Batch(0, false, null);

  OfTenant carryOut(Caller caller, TenantId tenant, JobFilter wanted, RetryProgress start) {
    RetryProgress progress = start;
    Batch batch;
    do {
      RetryProgress soFar = progress;
      batch = transactions.inTenant(tenant, () -> next(caller, tenant, wanted, soFar));
      progress = progress.and(batch.retried());
    } while (!batch.last());
    // Where nothing was in the way and fewer were there than counted, others were faster.
    int matched = batch.obstacle() == null ? progress.retried() : progress.matched();
    return new OfTenant(tenant, matched, start.room(), progress.retried(), batch.obstacle());
  }

  private Batch next(Caller caller, TenantId tenant, JobFilter wanted, RetryProgress soFar) {
    QueueRoom queue = ended.room(tenant);
    int most = Math.min(AT_ONCE, soFar.most(queue));
    List<Renewed> jobs = most == 0 ? List.of() : lockedAndRenewed(tenant, wanted, most);
    if (!ended.enqueueAgain(tenant, jobs)) {
      return OVERTAKEN;
    }
    note(caller, tenant, jobs);
    int renewed = jobs.size();
    RetryProgress progress = soFar.and(renewed);
    boolean noneLeft = renewed < most;
    boolean last = renewed < AT_ONCE;
    Obstacle obstacle = last && !noneLeft ? progress.obstacle(queue) : null;
    if (last && progress.retried() > 0) {
      note(caller, tenant, wanted, progress, obstacle);
    }
    return new Batch(renewed, last, obstacle);
  }

  private List<Renewed> lockedAndRenewed(TenantId tenant, JobFilter wanted, int most) {
    List<Job> locked = ended.lock(tenant, wanted, most);
    Instant now = clock.instant();
    return locked.stream()
        .map(job -> new Renewed(job, job.after(JobLifecycle.onRetryByPerson(job), now)))
        .toList();
  }

  private void note(Caller caller, TenantId tenant, List<Renewed> jobs) {
    if (!jobs.isEmpty()) {
      auditing.doneToEach(caller, tenant, ACTION, jobs.stream().map(RetryBatches::entry).toList());
      wakeups.jobsMayWait();
    }
  }

  private static Auditing.Done entry(Renewed job) {
    return new Auditing.Done(
        JobChanges.resource(job.before().id()),
        JobChanges.stateOf(job.before()),
        JobChanges.stateOf(job.after()));
  }

  private void note(
      Caller caller,
      TenantId tenant,
      JobFilter wanted,
      RetryProgress progress,
      @Nullable Obstacle obstacle) {
    State order =
        State.of("retried", progress.retried())
            .with("left", obstacle == null ? 0 : progress.left())
            .with("obstacle", obstacle)
            .with("filter_status", wanted.status())
            .with("filter_type", wanted.type())
            .with("filter_priority", wanted.priority())
            .with("filter_error_class", wanted.errorClass())
            .with("filter_agent_id", wanted.agent())
            .with("filter_finished_after", wanted.finishedAfter())
            .with("filter_finished_before", wanted.finishedBefore());
    auditing.done(caller, tenant, ACTION, new Resource("jobs", null), null, order);
  }
}
