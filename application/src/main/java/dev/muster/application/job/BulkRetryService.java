package dev.muster.application.job;

import dev.muster.application.audit.Auditing;
import dev.muster.domain.job.JobLifecycle;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.job.BulkRetry;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.job.EndedJobs;
import dev.muster.ports.out.job.EndedJobs.QueueRoom;
import dev.muster.ports.out.job.JobDirectory;
import dev.muster.ports.out.scheduling.Wakeups;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tries many jobs again with one order: of one tenant, or for operators of all that have some. */
public final class BulkRetryService implements BulkRetry {
  private static final Comparator<TenantId> ALWAYS_THE_SAME =
      Comparator.comparing(TenantId::toString);

  private final Transactions transactions;
  private final EndedJobs ended;
  private final JobDirectory directory;
  private final RetryBatches batches;
  private final InstantSource clock;

  /** Renews jobs in {@code ended}. */
  public BulkRetryService(
      Transactions transactions,
      EndedJobs ended,
      JobDirectory directory,
      Wakeups wakeups,
      Auditing auditing,
      InstantSource clock) {
    this.transactions = transactions;
    this.ended = ended;
    this.directory = directory;
    this.batches = new RetryBatches(transactions, ended, wakeups, auditing, clock);
    this.clock = clock;
  }

  @Override
  public Outcome<Retried> retry(Caller caller, JobFilter filter, boolean dryRun) {
    JobStatus status = filter.status() == null ? JobStatus.FAILED : filter.status();
    if (!JobLifecycle.mayBeRetriedByPerson(status)) {
      return new Outcome.Refused<>(
          Refusal.invalid("/filter/status", "must be failed, cancelled or expired"));
    }
    if (!mayName(caller, filter.tenant())) {
      return Outcome.refused(Code.NOT_FOUND, "There is no such tenant.");
    }
    // What ends once more while this goes on is left alone: the order speaks of what is there.
    JobFilter wanted = filter.withStatus(status).endedBefore(justAfter(clock.instant()));
    Retried retried = retryEach(caller, wanted, dryRun);
    return !dryRun && !caller.isOperator() && isSuspended(retried)
        ? Outcome.refused(Code.TENANT_SUSPENDED, "The tenant has been suspended.")
        : Outcome.done(retried);
  }

  private static boolean mayName(Caller caller, @Nullable TenantId tenant) {
    return tenant == null || caller.isOperator() || tenant.equals(caller.tenant());
  }

  private static Instant justAfter(Instant now) {
    return now.plusNanos(1_000);
  }

  private static boolean isSuspended(Retried retried) {
    return retried.tenants().stream()
        .anyMatch(done -> done.retried() == 0 && done.obstacle() == Obstacle.TENANT_SUSPENDED);
  }

  private Retried retryEach(Caller caller, JobFilter wanted, boolean dryRun) {
    List<OfTenant> tenants = new ArrayList<>();
    Map<TenantId, Integer> matched = count(caller, wanted);
    int budget = MOST_JOBS;
    for (TenantId tenant : matched.keySet().stream().sorted(ALWAYS_THE_SAME).toList()) {
      QueueRoom queue = transactions.inTenant(tenant, () -> ended.room(tenant));
      RetryProgress start = RetryProgress.of(matched.getOrDefault(tenant, 0), queue, budget);
      OfTenant done =
          dryRun ? start.foreseen(tenant, queue) : batches.carryOut(caller, tenant, wanted, start);
      budget -= dryRun ? start.foreseen() : done.retried();
      tenants.add(done);
    }
    return new Retried(dryRun, tenants);
  }

  private Map<TenantId, Integer> count(Caller caller, JobFilter wanted) {
    if (caller.isOperator()) {
      return transactions.acrossTenants(() -> directory.count(wanted));
    }
    TenantId tenant = caller.tenant();
    int matched = transactions.inTenant(tenant, () -> ended.count(tenant, wanted));
    return matched == 0 ? Map.of() : Map.of(tenant, matched);
  }
}
