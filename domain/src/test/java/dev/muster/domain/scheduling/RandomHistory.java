package dev.muster.domain.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A queue that anything happens to, with the production planner and the reference beside it. The
 * same for one seed.
 */
final class RandomHistory {
  private static final int TENANTS = 5;
  private static final int SLACK = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<String> LABELS = List.of("ldap", "nuclei");
  private static final List<String> REGIONS = List.of("eu", "us");
  private static final int[] WEIGHTS = {1, 1, 2, 5, 7, 50};

  private final Random random;
  private final SimulatedQueue queue = new SimulatedQueue();
  private final Map<TenantId, Pool> pools = new HashMap<>();
  private final ReferenceScheduler reference = new ReferenceScheduler(SLACK);
  private final int window;
  private final int few;
  private final int mostSlots;
  private final Backlog backlog;
  private final WaitingAgents agents = new WaitingAgents();
  private List<Seeker> waiting = List.of();
  private List<Seeker> online = List.of();
  private Instant now = Queue.NOW;
  private int jobs;
  private int grants;

  RandomHistory(long seed) {
    random = new Random(seed);
    boolean narrow = random.nextBoolean();
    window = narrow ? 8 : 64;
    few = narrow ? 4 : 16;
    mostSlots = few;
    backlog = new Backlog(SLACK, window, few);
  }

  /** How many jobs were granted. */
  int run(int steps) {
    for (int step = 0; step < steps; step++) {
      now = now.plusMillis(random.nextInt(random.nextInt(10) == 0 ? 2_000_000 : 9_000));
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> submit();
        case 3 -> requeue();
        case 4, 5 -> complete();
        case 6 -> steer();
        case 7 -> cancel();
        case 8 -> backlog.standings(queue.standings());
        default -> plan();
      }
      reference.look(queue.whole());
    }
    return grants;
  }

  private void submit() {
    SimulatedQueue.Tenant tenant = queue.tenant(random.nextInt(TENANTS));
    List<QueuedJob> submitted = new ArrayList<>();
    for (int count = 1 + random.nextInt(6); count > 0; count--) {
      submitted.add(job(tenant, now));
    }
    TenantStanding after = queue.add(tenant, submitted);
    if (random.nextInt(3) > 0) {
      backlog.arrived(after, submitted);
    } else {
      // By another replica.
      backlog.standing(after);
    }
  }

  private void requeue() {
    SimulatedQueue.Tenant tenant = queue.tenant(random.nextInt(TENANTS));
    if (!tenant.running.isEmpty()) {
      QueuedJob job = tenant.running.get(random.nextInt(tenant.running.size()));
      queue.complete(job);
      backlog.standing(queue.add(tenant, List.of(job)));
    }
  }

  private void complete() {
    for (SimulatedQueue.Tenant tenant : queue.tenants()) {
      for (QueuedJob job : List.copyOf(tenant.running)) {
        if (random.nextInt(3) > 0) {
          backlog.standing(queue.complete(job));
        }
      }
    }
  }

  private void steer() {
    SimulatedQueue.Tenant tenant = queue.tenant(random.nextInt(TENANTS));
    switch (random.nextInt(4)) {
      case 0 -> tenant.weight = WEIGHTS[random.nextInt(WEIGHTS.length)];
      case 1 -> tenant.cap = 1 + random.nextInt(12);
      case 2 -> tenant.open = !tenant.open;
      default -> pools.put(tenant.id, random.nextInt(3) == 0 ? Pool.DEDICATED : Pool.SHARED);
    }
    tenant.version++;
    backlog.standing(tenant.standing());
  }

  private void cancel() {
    SimulatedQueue.Tenant tenant = queue.tenant(random.nextInt(TENANTS));
    if (!tenant.queued.isEmpty()) {
      tenant.queued.remove(pick(tenant));
      tenant.version++;
      backlog.standing(tenant.standing());
      queue.read(backlog, tenant, window);
    }
  }

  private void plan() {
    queue.answer(backlog, window);
    if (random.nextInt(4) == 0) {
      online = seekers(random.nextInt(3));
    }
    List<ReferenceScheduler.Waiting> waiting = new ArrayList<>();
    int slots = 0;
    for (Seeker seeker : waiting()) {
      agents.remove(seeker.agent());
      if (slots + seeker.slots() <= mostSlots) {
        slots += seeker.slots();
        long lot = random.nextInt(3);
        waiting.add(new ReferenceScheduler.Waiting(seeker, lot));
        agents.put(seeker, lot);
      }
    }
    Circumstances circumstances = new Circumstances(now, online, random.nextInt(20), PATIENCE);

    List<Planned> expected = reference.plan(queue.whole(), waiting, circumstances);
    List<Planned> plan = backlog.plan(agents, circumstances);

    assertThat(byPool(plan)).isEqualTo(byPool(expected));
    grants += plan.size();
    carryOut(plan);
  }

  /** Mostly agents of the kinds that waited before, with other slots. */
  private List<Seeker> waiting() {
    waiting.forEach(seeker -> agents.remove(seeker.agent()));
    if (random.nextInt(5) == 0) {
      waiting = seekers(1 + random.nextInt(5));
    }
    return waiting.stream()
        .filter(seeker -> random.nextInt(4) > 0)
        .map(this::withOtherSlots)
        .toList();
  }

  private Seeker withOtherSlots(Seeker seeker) {
    return new Seeker(
        seeker.agent(),
        seeker.tenant(),
        seeker.abilities(),
        seeker.workerType(),
        seeker.servesTenant(),
        1 + random.nextInt(4),
        random.nextInt(seeker.maxConcurrent() + 1),
        seeker.maxConcurrent());
  }

  /** Now and then something is cancelled meanwhile, and something cannot start for now. */
  private void carryOut(List<Planned> plan) {
    List<Planned> returned = new ArrayList<>();
    List<Planned> started = new ArrayList<>();
    for (Planned planned : plan) {
      switch (random.nextInt(10)) {
        case 0 -> returned.add(planned);
        case 1 -> {
          SimulatedQueue.Tenant tenant = queue.of(planned.job());
          tenant.queued.remove(planned.job());
          tenant.version++;
          backlog.standing(tenant.standing());
        }
        default -> started.add(planned);
      }
    }
    backlog.settled(queue.start(started), returned);
  }

  /** The pools are contests of their own; the order between them says nothing. */
  private static Map<Object, List<Planned>> byPool(List<Planned> plan) {
    Map<Object, List<Planned>> pools = new HashMap<>();
    for (Planned planned : plan) {
      Object pool = planned.job().pool() == Pool.SHARED ? Pool.SHARED : planned.job().tenant();
      pools.computeIfAbsent(pool, key -> new ArrayList<>()).add(planned);
    }
    return pools;
  }

  private QueuedJob pick(SimulatedQueue.Tenant tenant) {
    return List.copyOf(tenant.queued).get(random.nextInt(tenant.queued.size()));
  }

  private QueuedJob job(SimulatedQueue.Tenant tenant, Instant queuedAt) {
    return new QueuedJob(
        new JobId(new UUID(random.nextLong(), jobs++)),
        tenant.id,
        pools.getOrDefault(tenant.id, Pool.SHARED),
        random.nextInt(10) == 0 ? "scan" : "task",
        Priority.values()[random.nextInt(Priority.values().length)],
        Requirements.of(labels(4), labels(5), random.nextInt(3) == 0 ? region() : null),
        queuedAt);
  }

  private List<Seeker> seekers(int count) {
    List<Seeker> seekers = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      boolean shared = random.nextInt(4) != 0;
      int maxConcurrent = 1 + random.nextInt(6);
      int tenant = random.nextInt(TENANTS);
      seekers.add(
          new Seeker(
              Queue.agent(number),
              shared ? TenantId.SYSTEM : Queue.tenant(tenant),
              Abilities.of(labels(2), labels(2), random.nextBoolean() ? region() : null),
              random.nextInt(10) == 0 ? "scan" : "task",
              shared && random.nextInt(5) == 0 ? Queue.slug(tenant) : null,
              1 + random.nextInt(4),
              random.nextInt(maxConcurrent + 1),
              maxConcurrent));
    }
    return seekers;
  }

  private String region() {
    return REGIONS.get(random.nextInt(REGIONS.size()));
  }

  private Set<String> labels(int rarity) {
    return new TreeSet<>(LABELS.stream().filter(label -> random.nextInt(rarity) == 0).toList());
  }
}
