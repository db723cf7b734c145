package dev.muster.application.scheduling;

import dev.muster.application.access.IdempotencyService;
import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.application.credential.Resealing;
import dev.muster.application.fleet.InlineWorkerService;
import dev.muster.application.job.OwnDecisions;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobLifecycle;
import dev.muster.domain.job.Transition;
import dev.muster.ports.in.scheduling.Sweeps;
import dev.muster.ports.out.SweepTurns;
import dev.muster.ports.out.access.ExpiredKeys;
import dev.muster.ports.out.audit.AuditArchive;
import dev.muster.ports.out.fleet.AgentLogins;
import dev.muster.ports.out.fleet.InlineAgents;
import dev.muster.ports.out.job.JobDirectory;
import dev.muster.ports.out.job.JobDirectory.Ref;
import dev.muster.ports.out.scheduling.Wakeups;
import dev.muster.ports.out.update.Artifacts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * The server's own sweeps. What is overdue is found by the one replica whose turn it is; the jobs
 * are then changed many at a time, under their locks and by the domain's decision on each, so that
 * a sweep that finds an agent's report came first changes nothing.
 */
public final class SweepService implements Sweeps {
  private static final int AT_ONCE = 500;

  /** Longer than any upload takes. */
  private static final Duration UPLOAD_PATIENCE = Duration.ofDays(1);

  /** A turn ends some time, so that the server can stop. */
  private static final int MOST_BATCHES = 200;

  private final SweepTurns turns;
  private final Stores stores;
  private final OwnDecisions decisions;
  private final Wakeups wakeups;
  private final Auditing auditing;
  private final InstantSource clock;
  private final Durations durations;

  /** What is swept. */
  public record Stores(
      JobDirectory directory,
      AgentLogins agents,
      InlineAgents inlineAgents,
      ExpiredKeys keys,
      AuditArchive archive,
      QueueCounts counts,
      Resealing resealing,
      Artifacts artifacts) {}

  /**
   * How long things last.
   *
   * @param lease agents seen within it are online
   * @param jobRetention how long ended jobs are kept
   */
  public record Durations(Duration lease, Duration jobRetention) {}

  /** Sweeps {@code stores}. */
  public SweepService(
      SweepTurns turns,
      Stores stores,
      OwnDecisions decisions,
      Wakeups wakeups,
      Auditing auditing,
      InstantSource clock,
      Durations durations) {
    this.turns = turns;
    this.stores = stores;
    this.decisions = decisions;
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
    return decisions.change(overdue, SweepService::overdueLease);
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
    return decisions.change(
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
          return agents.size() + removeAbandoned(offlineSince);
        });
  }

  /** Replicas that stopped by themselves have taken their workers with them. */
  private int removeAbandoned(Instant offlineSince) {
    List<Agent> abandoned = stores.inlineAgents().removeAbandoned(offlineSince, AT_ONCE);
    // One that is disabled had left, and its replica died before it was removed.
    abandoned.stream()
        .filter(Agent::enabled)
        .forEach(
            worker -> InlineWorkerService.noteGone(auditing, worker.id(), worker.name().value()));
    return abandoned.size();
  }

  private void noteOffline(Agent agent) {
    auditing.doneByServer(
        agent.tenant(),
        "agent.offline",
        new Resource("agent", agent.id().toString()),
        State.of("online", true),
        State.of("online", false)
            .with("name", agent.name())
            .with("last_seen_at", agent.lastSeenAt()));
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
              + stores.keys().deleteRecordedBefore(now.minus(IdempotencyService.MEMORY), AT_ONCE)
              + stores.artifacts().removeAbandoned(now.minus(UPLOAD_PATIENCE));
        });
  }

  @Override
  public int countQueue() {
    return stores.counts().refresh();
  }

  @Override
  public int resealValues() {
    return stores.resealing().all();
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

  private static boolean isPast(Optional<Instant> moment, Instant now) {
    return moment.isPresent() && !moment.get().isAfter(now);
  }
}
