package dev.muster.ports.out.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.scheduling.LaneEnd;
import dev.muster.domain.scheduling.LaneStart;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.Seeker;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.domain.tenancy.WorkerMode;
import dev.muster.ports.out.job.JobFixture;
import dev.muster.ports.out.job.JobStorageContract;
import dev.muster.ports.out.scheduling.JobQueue.OnlineAgents;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for reading the queue of all tenants. */
public abstract class QueueReadingContract extends JobStorageContract {
  private static final Instant ONLINE_SINCE = NOW.minus(LEASE);

  @Test
  void a_tenant_that_has_work_stands_as_it_is_counted() {
    Tenant tenant = tenant(PlanName.STARTER);
    queued(tenant);
    leased(tenant, agent(1));
    TenantStanding standing = standing(tenant);

    assertThat(standing.slug()).isEqualTo(tenant.slug());
    assertThat(standing.open()).isTrue();
    assertThat(standing.queued()).isEqualTo(1);
    assertThat(standing.running()).isEqualTo(1);
    assertThat(standing.runningShared()).isEqualTo(1);
    assertThat(standing.cap()).isEqualTo(5);
    assertThat(standing.weight()).isEqualTo(5);
    assertThat(standing.arrivals()).isEqualTo(2);
    assertThat(storage().queue().standings()).contains(standing);
  }

  @Test
  void a_tenant_without_work_is_asked_for_by_name_only() {
    Tenant tenant = tenant(PlanName.STARTER);
    complete(leased(tenant, agent(1)));

    assertThat(storage().queue().standings())
        .extracting(TenantStanding::tenant)
        .doesNotContain(tenant.id());
    assertThat(standing(tenant).room()).isEqualTo(5);
    suspend(tenant);
    assertThat(standing(tenant).room()).isZero();
    assertThat(storage().queue().standingOf(new TenantId(id()))).isEmpty();
  }

  @Test
  void a_tenant_that_is_suspended_is_not_open_and_one_that_works_inline_is() {
    Tenant suspended = tenant(PlanName.FREE);
    suspend(suspended);
    Tenant inline = tenant(PlanName.FREE);
    storage().replace(with(inline, WorkerMode.INLINE, 0, TenantStatus.ACTIVE));

    assertThat(standing(suspended).open()).isFalse();
    assertThat(standing(inline).open()).isTrue();
  }

  @Test
  void what_dedicated_agents_have_is_not_shared() {
    Tenant own = tenant(PlanName.FREE, Pool.DEDICATED);
    leased(own, agent(own.id(), Abilities.of(Set.of(), Set.of(), null), 1));

    assertThat(standing(own).running()).isEqualTo(1);
    assertThat(standing(own).runningShared()).isZero();
  }

  @Test
  void every_change_makes_a_newer_version_and_every_arrival_counts_once() {
    Tenant tenant = tenant(PlanName.PRO);
    Agent agent = agent(1);
    TenantStanding first = standing(tenant);
    Job job = queued(tenant);
    TenantStanding arrived = standing(tenant);
    Job leased = assign(job, agent, null).getFirst().job();
    TenantStanding started = standing(tenant);
    requeue(leased, NOW);
    TenantStanding back = standing(tenant);
    queued(JobFixture.of(tenant).delayedUntil(NOW.plusSeconds(60)).job());
    TenantStanding delayed = standing(tenant);

    assertThat(List.of(arrived, started, back, delayed))
        .extracting(TenantStanding::version)
        .isSorted()
        .doesNotHaveDuplicates()
        .allMatch(version -> version > first.version());
    assertThat(arrived.arrivals()).isEqualTo(first.arrivals() + 1);
    assertThat(started.arrivals()).isEqualTo(arrived.arrivals());
    assertThat(back.arrivals()).as("a requeue").isEqualTo(arrived.arrivals() + 1);
    assertThat(delayed.arrivals()).as("not due").isEqualTo(back.arrivals());
  }

  @Test
  void lanes_have_their_first_jobs_in_order_and_say_whether_that_is_all() {
    Tenant tenant = tenant(PlanName.PRO);
    Requirements other = Requirements.of(Set.of("nuclei"), Set.of(), null);
    Requirements asTool = Requirements.of(Set.of(), Set.of("nuclei"), null);
    Requirements inRegion = Requirements.of(Set.of(), Set.of(), "nuclei");
    Job third = queued(JobFixture.of(tenant).queuedAt(NOW.minusSeconds(1)).job());
    Job second = queued(JobFixture.of(tenant).queuedAt(NOW.minusSeconds(2)).job());
    Job first = queued(JobFixture.of(tenant).queuedAt(NOW.minusSeconds(3)).job());
    Job low = queued(JobFixture.of(tenant).priority(Priority.LOW).job());
    Job scanner = queued(JobFixture.of(tenant).requires(other).job());
    Job tool = queued(JobFixture.of(tenant).requires(asTool).job());
    Job near = queued(JobFixture.of(tenant).requires(inRegion).job());
    Tenant another = tenant(PlanName.FREE);
    Job ofAnother = queued(another);
    queued(tenant(PlanName.FREE));

    Map<TenantId, List<LaneStart>> lanes =
        storage().queue().lanes(Set.of(tenant.id(), another.id()), 2);

    assertThat(lanes).containsOnlyKeys(tenant.id(), another.id());
    assertThat(lanes.get(tenant.id()))
        .containsExactlyInAnyOrder(
            new LaneStart(List.of(QueuedJob.of(first), QueuedJob.of(second)), false),
            whole(low),
            whole(scanner),
            whole(tool),
            whole(near));
    assertThat(lanes.get(another.id())).containsExactly(whole(ofAnother));
    assertThat(storage().queue().after(new LaneEnd(QueuedJob.of(second)), 5))
        .containsExactly(QueuedJob.of(third));
    assertThat(storage().queue().after(new LaneEnd(QueuedJob.of(first)), 1))
        .containsExactly(QueuedJob.of(second));
    assertThat(storage().queue().lanes(Set.of(), 2)).isEmpty();
  }

  @Test
  void what_waits_in_another_pool_is_another_lane() {
    Tenant moved = tenant(PlanName.FREE);
    Job shared = queued(moved);
    Job own = queued(JobFixture.of(moved).pool(Pool.DEDICATED).job());

    assertThat(storage().queue().lanes(Set.of(moved.id()), 5).get(moved.id()))
        .containsExactlyInAnyOrder(whole(shared), whole(own));
  }

  @Test
  void neither_delayed_nor_ended_jobs_stand_in_a_lane() {
    Tenant tenant = tenant(PlanName.FREE);
    queued(JobFixture.of(tenant).delayedUntil(NOW.plusSeconds(1)).job());
    complete(leased(tenant, agent(1)));

    assertThat(storage().queue().lanes(Set.of(tenant.id()), 5)).isEmpty();
  }

  @Test
  void each_kind_of_online_agent_is_known_once_with_its_free_slots() {
    Abilities able = Abilities.of(Set.of("ldap"), Set.of("nmap"), "eu");
    agent(TenantId.SYSTEM, able, 3);
    Agent busy = agent(TenantId.SYSTEM, able, 2);
    leased(tenant(PlanName.FREE), busy);
    agent(TenantId.SYSTEM, Abilities.of(Set.of("ldap"), Set.of("nmap"), "us"), 1);
    TenantId own = tenant(PlanName.FREE, Pool.DEDICATED).id();
    agent(own, able, 7);

    OnlineAgents online = storage().queue().online(ONLINE_SINCE);

    assertThat(online.sharedCapacity()).isEqualTo(6);
    assertThat(online.kinds()).hasSize(3);
    assertThat(online.kinds())
        .filteredOn(kind -> kind.tenant().isSystem() && kind.abilities().equals(able))
        .singleElement()
        .satisfies(kind -> {
          assertThat(kind.leased()).isEqualTo(1);
          assertThat(kind.slots()).isEqualTo(4);
        });
    assertThat(online.kinds())
        .filteredOn(kind -> kind.tenant().equals(own))
        .singleElement()
        .extracting(Seeker::slots)
        .isEqualTo(7);
  }

  @Test
  void agents_that_are_away_or_take_no_work_are_not_online() {
    Agent draining = agent(1);
    storage().steer(draining, true, true, null);
    Agent disabled = agent(1);
    storage().steer(disabled, false, false, null);
    agent(1);

    assertThat(storage().queue().online(NOW)).isEqualTo(OnlineAgents.NONE);
    assertThat(storage().queue().online(ONLINE_SINCE).sharedCapacity()).isEqualTo(1);
  }

  @Test
  void agents_alike_are_a_crowd_with_those_that_are_away_and_those_that_drain() {
    Abilities able = Abilities.of(Set.of("crowded"), Set.of(), "eu");
    agent(TenantId.SYSTEM, able, 3);
    storage().steer(agent(TenantId.SYSTEM, able, 4), true, true, null);
    agent(tenant(PlanName.FREE, Pool.DEDICATED).id(), able, 7);

    assertThat(storage().queue().crowds(TenantId.SYSTEM, ONLINE_SINCE))
        .filteredOn(crowd -> crowd.example().abilities().equals(able))
        .singleElement()
        .satisfies(crowd -> {
          assertThat(crowd.example().tenant()).isEqualTo(TenantId.SYSTEM);
          assertThat(crowd.agents()).isEqualTo(2);
          assertThat(crowd.online()).isEqualTo(2);
          assertThat(crowd.taking()).isEqualTo(1);
          assertThat(crowd.freeSlots()).isEqualTo(3);
        });
    assertThat(storage().queue().crowds(TenantId.SYSTEM, NOW))
        .filteredOn(crowd -> crowd.example().abilities().equals(able))
        .singleElement()
        .satisfies(crowd -> {
          assertThat(crowd.agents()).isEqualTo(2);
          assertThat(crowd.online() + crowd.taking() + crowd.freeSlots()).isZero();
        });
  }

  private TenantStanding standing(Tenant tenant) {
    return storage().queue().standingOf(tenant.id()).orElseThrow();
  }

  private static LaneStart whole(Job job) {
    return new LaneStart(List.of(QueuedJob.of(job)), true);
  }
}
