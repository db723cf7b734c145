package dev.muster.domain.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobSpec;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.job.Transition;
import dev.muster.domain.job.WhenNoAgent;
import dev.muster.domain.scheduling.Reason.Code;
import dev.muster.domain.tenancy.Placement;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.SecretDelivery;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.domain.tenancy.WorkerMode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private static final Instant NOW = Queue.NOW;
  private static final AgentCrowd FREE = crowd(1, 1, 1, 2, "eu");

  private Requirements requirements = Requirements.of(Set.of(), Set.of(), null);
  private Pool pool = Pool.SHARED;
  private String workerType = "task";
  private Tenant tenant = tenant(TenantStatus.ACTIVE, WorkerMode.AGENT);
  private TenantStanding standing = Queue.standing(1, 0, 2);
  private List<AgentCrowd> crowds = List.of(FREE);
  private @Nullable PoolShare share;
  private @Nullable Integer position = 1;

  @Test
  void a_job_that_nothing_keeps_is_next() {
    assertThat(codes(queued())).containsExactly(Code.NEXT);
  }

  @Test
  void a_tenant_at_its_cap_says_how_much_of_it_runs() {
    standing = Queue.standing(1, 2, 2);

    assertThat(reasons(queued()).getFirst())
        .isEqualTo(Reason.of(Code.AT_CAP, "Its tenant is at its cap: 2 of 2 jobs run."));
  }

  @Test
  void a_suspended_tenant_is_named_as_such() {
    tenant = tenant(TenantStatus.SUSPENDED, WorkerMode.AGENT);

    assertThat(codes(queued())).containsExactly(Code.TENANT_SUSPENDED);
  }

  @Test
  void a_job_for_the_server_itself_waits_for_inline_slots_and_not_for_agents() {
    workerType = Placement.INLINE;
    assertThat(codes(queued())).as("an agent is free").containsExactly(Code.NO_INLINE_SLOTS);

    crowds = List.of(FREE, inline(crowd(1, 0, 0, 0, null)));
    assertThat(codes(queued())).as("a replica that died").containsExactly(Code.NO_INLINE_SLOTS);

    crowds = List.of(FREE, inline(crowd(2, 2, 2, 0, null)));
    assertThat(codes(queued())).containsExactly(Code.INLINE_SLOTS_FULL);

    crowds = List.of(inline(crowd(2, 2, 2, 1, null)));
    assertThat(codes(queued())).containsExactly(Code.NEXT);
    standing = Queue.standing(1, 2, 2);
    assertThat(codes(queued())).containsExactly(Code.AT_CAP);
  }

  @Test
  void what_the_server_itself_has_not_is_named() {
    workerType = Placement.INLINE;
    requirements = Requirements.of(Set.of("ldap"), Set.of("nmap"), null);
    crowds = List.of(inline(crowd(1, 1, 1, 1, null)));

    assertThat(reasons(queued()).getFirst())
        .isEqualTo(
            Reason.of(
                Code.NO_AGENT_FITS,
                "The server is to run it itself, and has not the capability ldap, nor the tool"
                    + " nmap."));
  }

  @Test
  void a_job_for_agents_does_not_count_on_the_server_itself() {
    crowds = List.of(inline(crowd(1, 1, 1, 1, null)));

    assertThat(codes(queued())).containsExactly(Code.NO_AGENT_ONLINE);
  }

  @Test
  void what_no_online_agent_has_is_named() {
    requirements = Requirements.of(Set.of("nuclei", "ldap"), Set.of("nmap"), null);
    crowds = List.of(able(crowd(1, 1, 1, 1, null), Set.of("ldap")));

    assertThat(reasons(queued()).getFirst())
        .isEqualTo(
            Reason.of(
                Code.NO_AGENT_FITS,
                "No online agent has the capability nuclei, nor the tool nmap."));
  }

  @Test
  void where_each_label_is_there_but_never_together_that_is_said() {
    requirements = Requirements.of(Set.of("nuclei", "ldap"), Set.of(), null);
    crowds =
        List.of(
            able(crowd(1, 1, 1, 1, null), Set.of("ldap")),
            able(crowd(1, 1, 1, 1, null), Set.of("nuclei")));

    assertThat(reasons(queued()).getFirst().text()).contains("has all that it requires");
  }

  @Test
  void agents_that_are_away_are_counted() {
    crowds = List.of(crowd(3, 0, 0, 0, null));

    assertThat(reasons(queued()).getFirst())
        .isEqualTo(
            Reason.of(
                Code.NO_AGENT_ONLINE, "No shared agent is online; 3 that could run it are away."));
  }

  @Test
  void a_dedicated_tenant_is_told_of_its_own_agents() {
    pool = Pool.DEDICATED;
    crowds = List.of();

    assertThat(reasons(queued()).getFirst().text())
        .isEqualTo("No agent of its tenant's own is online.");
  }

  @Test
  void agents_that_drain_or_are_full_are_told_apart() {
    crowds = List.of(crowd(2, 2, 0, 0, null));
    assertThat(codes(queued())).containsExactly(Code.AGENTS_DRAINING);

    crowds = List.of(crowd(2, 2, 2, 0, null));
    assertThat(codes(queued())).containsExactly(Code.AGENTS_FULL);
  }

  @Test
  void a_full_agent_in_its_region_is_waited_for_until_patience_ends() {
    requirements = Requirements.of(Set.of(), Set.of(), "us");
    crowds = List.of(FREE, crowd(1, 1, 1, 0, "us"));

    assertThat(reasons(queued()).getFirst().code()).isEqualTo(Code.WAITING_FOR_REGION);
    assertThat(reasons(queued()).getFirst().until())
        .isEqualTo(NOW.minusSeconds(10).plus(Queue.PATIENCE));
    assertThat(codes(queuedAt(NOW.minusSeconds(31)))).containsExactly(Code.NEXT);
    crowds = List.of(FREE);
    assertThat(codes(queued())).as("nobody there").containsExactly(Code.NEXT);
  }

  @Test
  void a_tenant_with_its_share_lets_others_go_first() {
    standing = Queue.standing(1, 3, 10);
    TenantStanding other = Queue.standing(2, 1, 10);
    share = PoolShare.of(standing, List.of(standing, other), 5);

    assertThat(reasons(queued()).getFirst())
        .isEqualTo(
            Reason.of(
                Code.ABOVE_SHARE,
                "Its tenant has its share of the agents: 3 run, the share is 2.5."));
    share = PoolShare.of(standing, List.of(standing), 2);
    assertThat(codes(queued())).as("alone").containsExactly(Code.NEXT);
    share = PoolShare.of(standing, List.of(standing, other), 8);
    assertThat(codes(queued())).as("below it").containsExactly(Code.NEXT);
  }

  @Test
  void jobs_ahead_are_counted() {
    position = 15;
    assertThat(reasons(queued())).containsExactly(ahead("14 jobs are ahead of it."));
    position = 2;
    assertThat(reasons(queued())).containsExactly(ahead("One job is ahead of it."));
    position = null;
    assertThat(reasons(queued()))
        .containsExactly(ahead("More than a thousand jobs are ahead of it."));
  }

  @Test
  void a_job_that_starts_later_says_when() {
    position = null;
    Instant later = NOW.plusSeconds(90);

    assertThat(reasons(job(NOW.minusSeconds(10), later)))
        .containsExactly(new Reason(Code.DELAYED, "It was submitted to start later.", later));
  }

  @Test
  void a_job_that_does_not_wait_says_where_it_is() {
    Job assigned = queued().assignedTo(new AgentId(new UUID(8, 1)), NOW, NOW.plusSeconds(60));
    Job done = assigned.after(new Transition.End(JobStatus.COMPLETED, "{}", null), NOW);

    assertThat(codes(assigned)).containsExactly(Code.ASSIGNED);
    assertThat(codes(assigned.after(new Transition.Start(null), NOW)))
        .containsExactly(Code.RUNNING);
    assertThat(reasons(done)).containsExactly(Reason.of(Code.ENDED, "It has ended: completed."));
  }

  private static Reason ahead(String text) {
    return Reason.of(Code.JOBS_AHEAD, text);
  }

  private List<Code> codes(Job job) {
    return reasons(job).stream().map(Reason::code).toList();
  }

  private List<Reason> reasons(Job job) {
    return Explanation.of(
        job, new Situation(NOW, tenant, standing, crowds, share, position, Queue.PATIENCE));
  }

  private Job queued() {
    return queuedAt(NOW.minusSeconds(10));
  }

  private Job queuedAt(Instant at) {
    return job(at, null);
  }

  private Job job(Instant queuedAt, @Nullable Instant availableAt) {
    JobSpec spec =
        new JobSpec(
            "scan",
            Priority.NORMAL,
            "{}",
            requirements,
            WhenNoAgent.QUEUE,
            3,
            JobSpec.DEFAULT_RUN_TIMEOUT,
            JobSpec.DEFAULT_QUEUE_TIMEOUT,
            availableAt);
    return new Job(
        new JobId(new UUID(9, 1)),
        Queue.tenant(1),
        spec,
        pool,
        workerType,
        JobStatus.QUEUED,
        0,
        0,
        null,
        queuedAt,
        availableAt,
        queuedAt,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        "user:ada");
  }

  private static Tenant tenant(TenantStatus status, WorkerMode mode) {
    return new Tenant(
        Queue.tenant(1),
        Queue.slug(1),
        "A tenant",
        PlanName.FREE,
        mode,
        Pool.SHARED,
        "task",
        SecretDelivery.REFERENCE,
        null,
        0,
        List.of(),
        status,
        NOW);
  }

  private static AgentCrowd crowd(
      int agents, int online, int taking, int free, @Nullable String region) {
    Seeker example = Queue.able(Queue.seeker(1, 1, 0, 1), Abilities.of(Set.of(), Set.of(), region));
    return new AgentCrowd(example, agents, online, taking, free);
  }

  private static AgentCrowd able(AgentCrowd crowd, Set<String> capabilities) {
    Seeker example = Queue.able(crowd.example(), Abilities.of(capabilities, Set.of(), null));
    return new AgentCrowd(
        example, crowd.agents(), crowd.online(), crowd.taking(), crowd.freeSlots());
  }

  private static AgentCrowd inline(AgentCrowd crowd) {
    Seeker agent = crowd.example();
    Seeker worker =
        new Seeker(
            agent.agent(),
            agent.tenant(),
            agent.abilities(),
            Placement.INLINE,
            agent.servesTenant(),
            agent.wanted(),
            agent.leased(),
            agent.maxConcurrent());
    return new AgentCrowd(
        worker, crowd.agents(), crowd.online(), crowd.taking(), crowd.freeSlots());
  }
}
