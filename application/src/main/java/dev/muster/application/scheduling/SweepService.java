package dev.muster.application.scheduling;

import dev.muster.application.access.IdempotencyService;
import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.application.job.JobChanges;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobLifecycle;
import dev.muster.domain.job.Transition;
import dev.muster.ports.in.scheduling.Sweeps;
import dev.muster.ports.out.SweepTurns;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.access.ExpiredKeys;
import dev.muster.ports.out.audit.AuditArchive;
import dev.muster.ports.out.fleet.AgentLogins;
import dev.muster.ports.out.job.JobDirectory;
import dev.muster.ports.out.job.JobDirectory.Ref;
import dev.muster.ports.out.job.Jobs;
import dev.muster.ports.out.scheduling.Wakeups;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's own sweeps. What is overdue is found by the one replica whose turn it is; each job
 * is then changed in a transaction of its own, under its lock and by the domain's decision, so that
 * a sweep that finds an agent's report came first changes nothing.
 */
public final class SweepService implements Sweeps {
  private static final Logger LOG = LoggerFactory.getLogger(SweepService.class);
  private static final int AT_ONCE = 500;

  /** A turn ends some time, so that the server can stop. */
  private static final int MOST_BATCHES = 200;

  private final Transactions transactions;
  private final SweepTurns turns;
  private final Stores stores;
  private final JobChanges changes;
  private final Wakeups wakeups;
  private final Auditing auditing;
  private final InstantSource clock;
  private final Durations durations;

  /** What is swept. */
  public record Stores(
      JobDirectory directory,
      Jobs jobs,
      AgentLogins agents,
      ExpiredKeys keys,
      AuditArchive archive,
      QueueCounts counts) {}

  /**
   * How long things last.
   *
   * @param lease agents seen within it are online
   * @param jobRetention how long ended jobs are kept
   */
  public record Durations(Duration lease, Duration jobRetention) {}

  /** Sweeps {@code stores}. */
  public SweepService(
      Transactions transactions,
      SweepTurns turns,
      Stores stores,
      JobChanges changes,
      Wakeups wakeups,
      Auditing auditing,
      InstantSource clock,
      Durations durations) {
    this.transactions = transactions;
    this.turns = turns;
    this.stores = stores;
    this.changes = changes;
    this.wakeups = wakeups;
    this.auditing = auditing;
    this.clock = clock;
    this.durations = durations;
  }

  @Override
  public int promoteDueJobs() {
    return alone(
        "promote",
        () -> {
          int promoted = stores.directory().promoteDue(clock.instant());
          if (promoted > 0) {
            wakeups.jobsMayWait();
          }
          return promoted;
        });
  }

  @Override
  public int recoverLeases() {
    List<Ref> overdue =
        found(
            "leases",
            () ->
                stores
                    .directory()
                    .overdueLeases(clock.instant(), JobLifecycle.CANCEL_PATIENCE, AT_ONCE));
    return change(overdue, SweepService::overdueLease);
  }

  private static Transition overdueLease(Job job, Instant now) {
    if (isPast(JobLifecycle.runsOutAt(job), now)) {
      return JobLifecycle.onRunTimeout(job);
    }
    if (isPast(JobLifecycle.cancelRunsOutAt(job), now)) {
      return JobLifecycle.onCancelDeadline(job);
    }
    return JobLifecycle.onLeaseLost(job, now);
  }

  @Override
  public int expireJobs() {
    return inBatches(this::expireSome);
  }

  private int expireSome() {
    List<Ref> overdue =
        found("expire", () -> stores.directory().overdueInQueue(clock.instant(), AT_ONCE));
    return change(
        overdue,
        (job, now) ->
            isPast(JobLifecycle.expiresAt(job), now)
                ? JobLifecycle.onQueueTimeout(job)
                : new Transition.Stale());
  }

  @Override
  public int noteOfflineAgents() {
    return alone(
        "offline",
        () -> {
          Instant offlineSince = clock.instant().minus(durations.lease());
          List<Agent> agents = stores.agents().newlyOffline(offlineSince, AT_ONCE);
          agents.forEach(this::noteOffline);
          return agents.size();
        });
  }

  private void noteOffline(Agent agent) {
    auditing.doneByServer(
        agent.tenant(),
        "agent.offline",
        new Resource("agent", agent.id().toString()),
        null,
        State.of("name", agent.name()).with("last_seen_at", agent.lastSeenAt()));
  }

  @Override
  public int forgetOldRecords() {
    return inBatches(this::forgetSome);
  }

  private int forgetSome() {
    return alone(
        "forget",
        () -> {
          Instant now = clock.instant();
          return stores.directory().deleteEndedBefore(now.minus(durations.jobRetention()), AT_ONCE)
              + stores.keys().deleteRecordedBefore(now.minus(IdempotencyService.MEMORY), AT_ONCE);
        });
  }

  @Override
  public int countQueue() {
    return stores.counts().refresh();
  }

  @Override
  public int preparePartitions() {
    return alone("partitions", () -> stores.archive().preparePartitions(clock.instant()));
  }

  /** Each batch has a transaction of its own; a backlog must not outgrow the sweep. */
  private static int inBatches(IntSupplier batch) {
    int total = 0;
    int last = AT_ONCE;
    for (int i = 0; i < MOST_BATCHES && last >= AT_ONCE; i++) {
      last = batch.getAsInt();
      total += last;
    }
    return total;
  }

  private int alone(String sweep, java.util.function.Supplier<Integer> work) {
    return turns.alone(sweep, work).orElse(0);
  }

  private List<Ref> found(String sweep, java.util.function.Supplier<List<Ref>> find) {
    return turns.alone(sweep, find).orElse(List.of());
  }

  private int change(List<Ref> refs, BiFunction<Job, Instant, Transition> decide) {
    int changed = 0;
    for (Ref ref : refs) {
      changed += changeOrSkip(ref, decide) ? 1 : 0;
    }
    return changed;
  }

  /** A bug that one job meets must not keep all behind it waiting; storage that is away does. */
  private boolean changeOrSkip(Ref ref, BiFunction<Job, Instant, Transition> decide) {
    try {
      return transactions.inTenant(ref.tenant(), () -> change(ref, decide));
    } catch (IllegalStateException fault) {
      LOG.warn("event=sweep_skipped job={} cause={}", ref.job(), fault.toString());
      return false;
    }
  }

  private boolean change(Ref ref, BiFunction<Job, Instant, Transition> decide) {
    Optional<Job> job = stores.jobs().lock(ref.tenant(), ref.job());
    if (job.isEmpty()) {
      return false;
    }
    Instant now = clock.instant();
    Job after = changes.apply(null, job.get(), decide.apply(job.get(), now), now);
    return !after.equals(job.get());
  }

  private static boolean isPast(Optional<Instant> moment, Instant now) {
    return moment.isPresent() && !moment.get().isAfter(now);
  }
}
