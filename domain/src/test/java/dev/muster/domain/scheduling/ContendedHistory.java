package dev.muster.domain.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Priority;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Tenants of all sorts on one kind of agent: urgent and not, with jobs short and long, that come
 * and go; planned by several replicas, which are restarted now and then. After each grant everybody
 * who is below cap and share is asked for how long already. The same for one seed.
 */
final class ContendedHistory {
  private static final int SLACK = 10;
  private static final int QUEUED = 8;

  /** One that takes one job, one that takes two, and so on. */
  private static final List<Seeker> AGENTS =
      IntStream.rangeClosed(1, 4).mapToObj(slots -> Queue.seeker(1, slots, 0, 100)).toList();

  private static final class Tenant {
    final SimulatedQueue.Tenant row;
    final Priority priority;
    int duration;
    boolean busy;
    int waited;
    final Set<Tenant> others = new HashSet<>();

    Tenant(SimulatedQueue.Tenant row, Priority priority, int duration) {
      this.row = row;
      this.priority = priority;
      this.duration = duration;
    }

    boolean couldStart() {
      return !row.queued.isEmpty() && row.running.size() < row.cap;
    }
  }

  private final Random random;
  private final SimulatedQueue queue = new SimulatedQueue();
  private final List<Tenant> tenants = new ArrayList<>();
  private final Map<QueuedJob, Integer> ends = new HashMap<>();
  private final List<Backlog> replicas = new ArrayList<>();
  private final int capacity;
  private Instant now = Queue.NOW;
  private int jobs;
  private int grants;
  private int longestWait;

  ContendedHistory(long seed) {
    random = new Random(seed);
    capacity = 1 + random.nextInt(random.nextBoolean() ? 4 : 30);
    for (int number = 2 + random.nextInt(6); number > 0; number--) {
      SimulatedQueue.Tenant row = queue.tenant(number);
      row.weight = pick(1, 1, 2, 5, 10, 50);
      row.cap = random.nextInt(3) == 0 ? 1 + random.nextInt(capacity) : 1_000;
      Priority priority = Priority.values()[random.nextInt(Priority.values().length)];
      tenants.add(new Tenant(row, priority, duration()));
    }
    for (int number = 1 + random.nextInt(3); number > 0; number--) {
      replicas.add(new Backlog(SLACK, 6, 4));
    }
  }

  /** The longest that somebody waited, in grants to others. */
  int run(int steps) {
    for (int step = 0; step < steps; step++) {
      now = now.plusMillis(500);
      comeAndGo();
      complete();
      int free = capacity - ends.size();
      if (free > 0) {
        plan(1 + random.nextInt(free));
      }
      if (random.nextInt(400) == 0) {
        restart(random.nextInt(replicas.size()));
      }
    }
    return longestWait;
  }

  private void comeAndGo() {
    for (Tenant tenant : tenants) {
      if (random.nextInt(200) == 0) {
        tenant.busy = !tenant.busy;
      }
      if (random.nextInt(300) == 0) {
        tenant.duration = duration();
      }
      if (!tenant.busy && tenant.row.queued.isEmpty() && random.nextInt(100) == 0) {
        workElsewhere(tenant);
      }
      if (tenant.busy && tenant.row.queued.size() < QUEUED / 2) {
        submit(tenant);
      }
    }
  }

  /** Starts in a pool of its own count too. */
  private void workElsewhere(Tenant tenant) {
    tenant.row.virtualTime += random.nextInt(5_000) * tenant.row.standing().startCost();
    tenant.row.version++;
  }

  private int duration() {
    return pick(1, 1, 10, 100, 1_000);
  }

  private void submit(Tenant tenant) {
    List<QueuedJob> submitted = new ArrayList<>();
    for (int count = 0; count < QUEUED; count++) {
      QueuedJob like = Queue.job(jobs++, 0, tenant.priority, 0);
      submitted.add(
          new QueuedJob(
              new JobId(new UUID(9, jobs)),
              tenant.row.id,
              like.pool(),
              like.workerType(),
              like.priority(),
              like.requirements(),
              now));
    }
    TenantStanding after = queue.add(tenant.row, submitted);
    int here = random.nextInt(replicas.size());
    for (int replica = 0; replica < replicas.size(); replica++) {
      if (replica == here) {
        replicas.get(replica).arrived(after, submitted);
      } else {
        replicas.get(replica).standing(after);
      }
    }
  }

  private void complete() {
    List<QueuedJob> ended = ends.keySet().stream().filter(job -> ends.get(job) <= grants).toList();
    for (QueuedJob job : ended) {
      ends.remove(job);
      TenantStanding after = queue.complete(job);
      replicas.forEach(replica -> replica.standing(after));
    }
  }

  private void plan(int slots) {
    Backlog replica = replicas.get(random.nextInt(replicas.size()));
    queue.answer(replica, 6);
    WaitingAgents agents = new WaitingAgents();
    agents.put(AGENTS.get(Math.min(slots, AGENTS.size()) - 1), 0);
    List<Planned> plan =
        replica.plan(agents, new Circumstances(now, List.of(), capacity, Queue.PATIENCE));
    List<TenantStanding> fresh = new ArrayList<>();
    for (Planned planned : plan) {
      if (!queue.of(planned.job()).queued.contains(planned.job())) {
        // Another replica was first.
        continue;
      }
      look(planned);
      fresh.addAll(queue.start(List.of(planned)));
      grants++;
      Tenant started = of(planned.job());
      ends.put(planned.job(), grants + (int) (started.duration * (0.5 + random.nextDouble())));
    }
    replica.settled(fresh, List.of());
    for (Backlog other : replicas) {
      fresh.forEach(other::standing);
    }
  }

  /** Who could have been granted this, and how long it has been waiting now. */
  private void look(Planned planned) {
    long weights = 0;
    for (Tenant tenant : tenants) {
      weights += tenant.couldStart() || tenant.row.runningShared > 0 ? tenant.row.weight : 0;
    }
    for (Tenant tenant : tenants) {
      boolean belowShare = tenant.row.runningShared * weights < (long) tenant.row.weight * capacity;
      if (!tenant.couldStart() || !belowShare || tenant == of(planned.job())) {
        tenant.waited = 0;
        tenant.others.clear();
        continue;
      }
      tenants.stream()
          .filter(other -> other != tenant && !other.row.queued.isEmpty())
          .forEach(tenant.others::add);
      tenant.waited++;
      longestWait = Math.max(longestWait, tenant.waited);
      assertThat((double) tenant.waited).isLessThanOrEqualTo(bound(tenant));
    }
  }

  private static double bound(Tenant tenant) {
    return 1
        + tenant.others.stream()
            .mapToDouble(
                other -> (SLACK + 101) * (1 + (double) other.row.weight / tenant.row.weight))
            .sum();
  }

  private void restart(int index) {
    Backlog fresh = new Backlog(SLACK, 6, 4);
    fresh.standings(queue.standings());
    replicas.set(index, fresh);
  }

  private Tenant of(QueuedJob job) {
    return tenants.stream()
        .filter(tenant -> tenant.row.id.equals(job.tenant()))
        .findFirst()
        .orElseThrow();
  }

  private int pick(int... values) {
    return values[random.nextInt(values.length)];
  }
}
