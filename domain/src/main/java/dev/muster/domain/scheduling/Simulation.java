package dev.muster.domain.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.JobId;
import dev.muster.domain.scheduling.Agenda.What;
import dev.muster.domain.scheduling.ReplayedJob.State;
import dev.muster.domain.tenancy.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Replays a queue over time that is only imagined: what would start when if nothing else came.
 *
 * <p>It decides nothing itself. A {@link Backlog} plans as it does on a replica, whenever a slot
 * has become free, or a job has become due or has lost its patience for a region. Each start keeps
 * its slot as its job's {@link Course} says; where that has it fail and try again, the job comes
 * back after the mean back-off with its first {@code queued_at}. What has waited for as long as its
 * queue timeout says leaves its lane, before anything starts at that moment. The same for the same
 * world and lots.
 */
public final class Simulation {
  /**
   * What holds beside the world.
   *
   * @param slack how many starts a tenant may be ahead of the one that is furthest behind
   * @param regionPatience how long a job waits for its preferred region
   * @param horizon how far time is imagined
   */
  public record Rules(int slack, Duration regionPatience, Duration horizon) {}

  private final World world;
  private final Rules rules;
  private final ReplayedQueue queue;
  private final ReplayedFleet fleet;
  private final Map<JobId, ReplayedJob> jobs = new HashMap<>();
  private final Agenda agenda;
  private final List<Seeker> kinds;
  private final int capacity;

  /** How many of the jobs that waited in the beginning have not ended. */
  private int open;

  private Simulation(World world, Rules rules, RandomGenerator lots) {
    this.world = world;
    this.rules = rules;
    queue = new ReplayedQueue(world, rules.slack());
    fleet = new ReplayedFleet(world.agents(), lots);
    agenda = new Agenda(world.now(), world.now().plus(rules.horizon()));
    kinds = fleet.kinds();
    capacity = fleet.sharedSlots();
  }

  /**
   * Who would wait how long.
   *
   * @param lots order agents that are equally loaded
   */
  public static Forecast run(World world, Rules rules, RandomGenerator lots) {
    Simulation simulation = new Simulation(world, rules, lots);
    List<ReplayedJob> running = simulation.lease();
    List<ReplayedJob> waiting = simulation.wait(world.queue());
    simulation.queue.open(waiting, running);
    simulation.replay();
    return new Forecasting(world, waiting, simulation.kinds)
        .forecast(simulation.fleet.size(), simulation.fleet.slots());
  }

  private List<ReplayedJob> lease() {
    List<ReplayedJob> running = new ArrayList<>();
    for (World.Leased leased : world.leased()) {
      if (queue.tenants().contains(leased.job().tenant())) {
        ReplayedJob job = ReplayedJob.of(leased);
        running.add(job);
        jobs.put(leased.job().id(), job);
        fleet.has(leased.agent());
        agenda.note(world.now().plus(leased.rest()), What.ATTEMPT_ENDS, job);
      }
    }
    return running;
  }

  private List<ReplayedJob> wait(List<World.Waiting> all) {
    List<ReplayedJob> waiting = new ArrayList<>();
    for (World.Waiting each : all) {
      ReplayedJob job = ReplayedJob.of(each, world.now());
      waiting.add(job);
      jobs.put(each.job().id(), job);
      if (job.state() == State.DELAYED) {
        agenda.note(job.dueAt(), What.BECOMES_DUE, job);
      } else {
        agenda.note(job.expiresAt(), What.EXPIRES, job);
      }
      awaitImpatience(each.job(), job);
    }
    open = waiting.size();
    return waiting;
  }

  private void awaitImpatience(QueuedJob queued, ReplayedJob job) {
    Instant impatient = queued.queuedAt().plus(rules.regionPatience()).plusNanos(1);
    if (queued.requirements().preferredRegion() != null && impatient.isAfter(world.now())) {
      agenda.note(impatient, What.LOSES_PATIENCE, job);
    }
  }

  private void replay() {
    // What has expired, and no sweep has come by yet.
    agenda.take(world.now()).forEach(this::happen);
    start(world.now(), queue.tenants());
    while (open > 0 && !agenda.isEmpty()) {
      Instant now = agenda.next();
      Set<TenantId> touched = new LinkedHashSet<>();
      for (Agenda.Event event : agenda.take(now)) {
        if (happen(event)) {
          touched.add(event.job().job().tenant());
        }
      }
      start(now, touched);
    }
  }

  /** Whether something may be able to start with it. */
  private boolean happen(Agenda.Event event) {
    ReplayedJob job = event.job();
    return switch (event.what()) {
      case ATTEMPT_ENDS -> end(job, event.at());
      case BECOMES_DUE -> becomeDue(job);
      case EXPIRES -> expire(job, event.at());
      case LOSES_PATIENCE -> true;
    };
  }

  private boolean end(ReplayedJob job, Instant now) {
    fleet.done(job.agent());
    job.end(now);
    queue.ended(job);
    if (job.state() == State.DELAYED) {
      agenda.note(job.dueAt(), What.BECOMES_DUE, job);
    } else {
      close(job);
    }
    return true;
  }

  private boolean becomeDue(ReplayedJob job) {
    job.enterLane();
    queue.enters(job);
    agenda.note(job.expiresAt(), What.EXPIRES, job);
    return true;
  }

  /** Nothing happens where it has started since that was noted. */
  private boolean expire(ReplayedJob job, Instant now) {
    if (job.state() == State.WAITING && !job.expiresAt().isAfter(now)) {
      job.expire();
      queue.leaves(job);
      close(job);
    }
    return false;
  }

  private void close(ReplayedJob job) {
    open -= job.wasLeased() ? 0 : 1;
  }

  /** Starts what can start, as a replica does that all agents wait on. */
  private void start(Instant now, Set<TenantId> touched) {
    if (touched.isEmpty() || queue.isIdle()) {
      return;
    }
    fleet.call(touched);
    Circumstances circumstances = new Circumstances(now, kinds, capacity, rules.regionPatience());
    for (Planned planned : queue.start(fleet.waiting(), circumstances)) {
      ReplayedJob job = Objects.requireNonNull(jobs.get(planned.job().id()));
      AgentId agent = planned.grant().agent();
      fleet.given(agent);
      agenda.note(now.plus(job.start(agent, world.now(), now)), What.ATTEMPT_ENDS, job);
    }
    fleet.dismiss(touched);
  }
}
