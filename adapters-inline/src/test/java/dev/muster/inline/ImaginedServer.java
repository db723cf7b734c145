package dev.muster.inline;

import dev.muster.domain.access.Principal;
import dev.muster.domain.audit.AuditEntry.Origin;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobSpec;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.LogLine;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Report;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.job.WhenNoAgent;
import dev.muster.domain.tenancy.Placement;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.StorageUnavailable;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.fleet.InlineWorkers;
import dev.muster.ports.in.fleet.Presence;
import dev.muster.ports.in.scheduling.JobDispatch;
import dev.muster.ports.in.scheduling.JobReporting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** What the worker sees of the server: one job after the other, and who says what of them. */
final class ImaginedServer implements InlineWorkers, JobDispatch, Presence, JobReporting {
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final TenantId TENANT = new TenantId(new UUID(1, 1));

  final BlockingQueue<Outcome<Claimed>> claims = new LinkedBlockingQueue<>();
  final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
  final List<LogLine> lines = new CopyOnWriteArrayList<>();
  final List<Integer> asked = new CopyOnWriteArrayList<>();
  final Set<JobId> cancelled = ConcurrentHashMap.newKeySet();
  final Set<JobId> lost = ConcurrentHashMap.newKeySet();
  final Map<JobId, Integer> renewed = new ConcurrentHashMap<>();
  final List<AgentId> left = new CopyOnWriteArrayList<>();
  final AtomicInteger entered = new AtomicInteger();
  final AtomicInteger away = new AtomicInteger();
  final AtomicInteger looks = new AtomicInteger();
  volatile boolean inline = true;
  volatile boolean needed = true;

  InlineWorker.Server asServer() {
    return new InlineWorker.Server(this, this, this, this, () -> NOW);
  }

  /** Lets the worker have a job. */
  Job give(String payload) {
    return give(payload, Duration.ofHours(1));
  }

  Job give(String payload, Duration runTimeout) {
    Job job = job(payload, runTimeout);
    claims.add(
        Outcome.done(new Claimed(List.of(new LeasedJob(job, new TenantSlug("acme"))), List.of())));
    return job;
  }

  /** What the worker says next. */
  Report heard() throws InterruptedException {
    Report report = reports.poll(60, TimeUnit.SECONDS);
    if (report == null) {
      throw new AssertionError("nothing was said");
    }
    return report;
  }

  private static Job job(String payload, Duration runTimeout) {
    return new Job(
        new JobId(UUID.randomUUID()),
        TENANT,
        new JobSpec(
            "script",
            Priority.NORMAL,
            payload,
            Requirements.of(Set.of(), Set.of(), null),
            WhenNoAgent.QUEUE,
            3,
            runTimeout,
            Duration.ofDays(1),
            null),
        Pool.SHARED,
        Placement.INLINE,
        JobStatus.ASSIGNED,
        2,
        2,
        new AgentId(new UUID(9, 1)),
        NOW,
        null,
        NOW,
        NOW.plusSeconds(60),
        NOW,
        null,
        null,
        null,
        null,
        null,
        null,
        "user:ada");
  }

  /** Waits until the worker has done here what the test expects of it. */
  synchronized void await(BooleanSupplier expected) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!expected.getAsBoolean()) {
      long left = until - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("it did not come about");
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  private synchronized void happened() {
    notifyAll();
  }

  @Override
  public boolean areNeeded() {
    looks.incrementAndGet();
    happened();
    return needed;
  }

  @Override
  public Caller enter(String replica, int slots) {
    AgentId id = new AgentId(new UUID(9, entered.incrementAndGet()));
    happened();
    return new Caller(
        new Principal.OfAgent(id, new AgentName("inline-test"), TenantId.SYSTEM, Set.of(), 0),
        Origin.SERVER);
  }

  @Override
  public boolean mayRun(TenantId tenant) {
    return inline && tenant.equals(TENANT);
  }

  @Override
  public void leave(Caller worker) {
    left.add(worker.agent());
  }

  @Override
  public Outcome<Claimed> claim(Caller caller, Claim claim) throws InterruptedException {
    asked.add(claim.maxJobs());
    Outcome<Claimed> next = claims.poll(claim.patience().toMillis(), TimeUnit.MILLISECONDS);
    return next == null ? Outcome.done(Claimed.NOTHING) : next;
  }

  @Override
  public Outcome<Answer> heartbeat(Caller caller, Heartbeat heartbeat) {
    List<ActiveJob> active = heartbeat.activeJobs() == null ? List.of() : heartbeat.activeJobs();
    active.forEach(job -> renewed.put(job.job(), job.attempt()));
    return Outcome.done(new Answer(new ArrayList<>(cancelled), new ArrayList<>(lost), 20));
  }

  @Override
  public Outcome<Job> report(Caller caller, JobId job, int attempt, Report report) {
    if (away.getAndUpdate(times -> Math.max(0, times - 1)) > 0) {
      throw new StorageUnavailable("away on purpose", new IllegalStateException());
    }
    if (attempt != 2) {
      return Outcome.refused(Code.LEASE_LOST, "another attempt");
    }
    reports.add(report);
    return Outcome.done(job("{}", Duration.ofHours(1)));
  }

  @Override
  public List<Outcome<Job>> reportAll(Caller caller, List<AttemptReport> reports) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Outcome<Integer> log(Caller caller, JobId job, int attempt, List<LogLine> more) {
    lines.addAll(more);
    happened();
    return Outcome.done(more.size());
  }
}
