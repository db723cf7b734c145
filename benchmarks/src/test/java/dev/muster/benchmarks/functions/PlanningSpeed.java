package dev.muster.benchmarks.functions;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.scheduling.Backlog;
import dev.muster.domain.scheduling.Circumstances;
import dev.muster.domain.scheduling.LaneStart;
import dev.muster.domain.scheduling.Planned;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.Seeker;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.scheduling.WaitingAgents;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one plan costs, and taking in that none of it held, so that each begins with the same
 * memory: 1,000 tenants with jobs, every other one at its cap and with the better jobs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PlanningSpeed {
  private static final int TENANTS = 1_000;
  private static final int REMEMBERED = 256;
  private static final int SLACK = 10;
  private static final int SLOTS = 1_000;
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /** How many jobs the agent asks for. */
  @Param({"1", "50"})
  public int wanted;

  private Backlog backlog;
  private Seeker seeker;
  private Circumstances circumstances;

  /** Fills the memory. */
  @Setup
  public void remember() {
    seeker =
        new Seeker(
            new AgentId(new UUID(8, 1)),
            TenantId.SYSTEM,
            Abilities.of(Set.of(), Set.of(), null),
            "task",
            null,
            wanted,
            0,
            SLOTS);
    circumstances = new Circumstances(NOW, List.of(seeker), SLOTS, Duration.ofSeconds(30));
    backlog = new Backlog(SLACK);
    List<TenantStanding> standings = new ArrayList<>();
    for (int tenant = 0; tenant < TENANTS; tenant++) {
      standings.add(standing(tenant));
    }
    backlog.standings(standings);
    for (int tenant = 0; tenant < TENANTS; tenant++) {
      backlog.read(id(tenant), REMEMBERED, List.of(lane(tenant)));
    }
  }

  /** Plans, and gives everything back. */
  @Benchmark
  public List<Planned> plan() {
    WaitingAgents agents = new WaitingAgents();
    agents.put(seeker, 1);
    List<Planned> plan = backlog.plan(agents, circumstances);
    backlog.settled(List.of(), plan);
    return plan;
  }

  private static boolean isCapped(int tenant) {
    return tenant % 2 == 0;
  }

  private static TenantStanding standing(int tenant) {
    int running = isCapped(tenant) ? 1 : 0;
    return new TenantStanding(
        id(tenant),
        new TenantSlug("t" + tenant),
        1,
        true,
        REMEMBERED,
        running,
        running,
        isCapped(tenant) ? 1 : SLOTS,
        1,
        0,
        REMEMBERED);
  }

  private static LaneStart lane(int tenant) {
    List<QueuedJob> jobs = new ArrayList<>();
    for (int job = 0; job < REMEMBERED; job++) {
      jobs.add(
          new QueuedJob(
              new JobId(new UUID(tenant, job)),
              id(tenant),
              Pool.SHARED,
              "task",
              isCapped(tenant) ? Priority.CRITICAL : Priority.NORMAL,
              Requirements.of(Set.of(), Set.of(), null),
              NOW.minusSeconds(10L * (REMEMBERED - job) + tenant % 10)));
    }
    return new LaneStart(jobs, true);
  }

  private static TenantId id(int tenant) {
    return new TenantId(new UUID(7, tenant));
  }
}
