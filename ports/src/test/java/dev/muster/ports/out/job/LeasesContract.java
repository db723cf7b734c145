package dev.muster.ports.out.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.ports.out.job.Leases.Renewal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds for leases. */
public abstract class LeasesContract extends JobStorageContract {
  private static final Instant LATER = NOW.plus(LEASE).plusSeconds(20);

  @Test
  void a_named_job_is_renewed() {
    Agent agent = agent(2);
    Job job = leased(tenant(PlanName.FREE), agent);

    Renewal renewal = renew(agent, Map.of(job.id(), 1));

    assertThat(renewal.renewed()).containsExactly(job.id());
    assertThat(renewal.cancelRequested()).isEmpty();
    assertThat(renewal.missedTwice()).isEmpty();
    assertThat(stored(job).leaseExpiresAt()).isEqualTo(LATER);
  }

  @Test
  void jobs_of_several_tenants_are_renewed_at_once() {
    Agent agent = agent(2);
    Job one = leased(tenant(PlanName.FREE), agent);
    Job other = leased(tenant(PlanName.FREE), agent);

    assertThat(renew(agent, Map.of(one.id(), 1, other.id(), 1)).renewed())
        .containsExactlyInAnyOrder(one.id(), other.id());
  }

  @Test
  void a_stale_attempt_renews_nothing_and_is_a_miss() {
    Agent agent = agent(1);
    Job first = leased(tenant(PlanName.FREE), agent);
    Job second = assign(requeue(first, NOW), agent, null).getFirst().job();

    renew(agent, Map.of(first.id(), 1));
    Renewal renewal = renew(agent, Map.of(first.id(), 1));

    assertThat(renewal.renewed()).isEmpty();
    assertThat(renewal.missedTwice()).containsExactly(ref(second));
    assertThat(stored(first)).isEqualTo(second);
  }

  @Test
  void a_lease_of_another_agent_is_not_renewed() {
    Job job = leased(tenant(PlanName.FREE), agent(1));

    Renewal renewal = renew(agent(1), Map.of(job.id(), 1));

    assertThat(renewal.renewed()).isEmpty();
    assertThat(stored(job)).isEqualTo(job);
  }

  @Test
  void a_job_that_is_queued_again_is_not_renewed() {
    Agent agent = agent(1);
    Job back = requeue(leased(tenant(PlanName.FREE), agent), NOW);

    assertThat(renew(agent, Map.of(back.id(), 1)).renewed()).isEmpty();
    assertThat(stored(back)).isEqualTo(back);
  }

  @Test
  void only_two_misses_in_a_row_lose_a_lease() {
    Agent agent = agent(1);
    Job job = leased(tenant(PlanName.FREE), agent);

    assertThat(renew(agent, Map.of()).missedTwice()).isEmpty();
    assertThat(renew(agent, Map.of(job.id(), 1)).missedTwice()).isEmpty();
    assertThat(renew(agent, Map.of()).missedTwice()).isEmpty();
    assertThat(renew(agent, Map.of()).missedTwice()).containsExactly(ref(job));
  }

  @Test
  void what_was_assigned_just_now_is_not_missed() {
    Agent agent = agent(1);
    Job job = leased(tenant(PlanName.FREE), agent);
    Instant before = NOW.minusMillis(1);

    for (int beat = 0; beat < 3; beat++) {
      assertThat(storage().leases().renew(agent.id(), Map.of(), LATER, before).missedTwice())
          .isEmpty();
    }

    assertThat(renew(agent, Map.of()).missedTwice()).isEmpty();
    assertThat(renew(agent, Map.of()).missedTwice()).containsExactly(ref(job));
  }

  @Test
  void a_new_assignment_begins_without_misses() {
    Agent agent = agent(1);
    Job first = leased(tenant(PlanName.FREE), agent);
    renew(agent, Map.of());
    assign(requeue(first, NOW), agent, null);

    assertThat(renew(agent, Map.of()).missedTwice()).isEmpty();
  }

  @Test
  void a_renewal_says_which_jobs_are_to_stop() {
    Agent agent = agent(2);
    Job goesOn = leased(tenant(PlanName.FREE), agent);
    Job toStop = requestCancel(leased(tenant(PlanName.FREE), agent), NOW);

    Renewal renewal = renew(agent, Map.of(goesOn.id(), 1, toStop.id(), 1));

    assertThat(renewal.renewed()).containsExactlyInAnyOrder(goesOn.id(), toStop.id());
    assertThat(renewal.cancelRequested()).containsExactly(toStop.id());
  }

  @Test
  void agents_that_speak_together_are_each_heard_for_themselves() {
    Agent one = agent(2);
    Agent other = agent(2);
    Agent idle = agent(2);
    Job named = leased(tenant(PlanName.FREE), one);
    Job missed = leased(tenant(PlanName.FREE), one);
    Job others = leased(tenant(PlanName.FREE), other);
    Job toStop = requestCancel(leased(tenant(PlanName.FREE), other), NOW);
    Map<AgentId, Map<JobId, Integer>> said =
        Map.of(
            one.id(), Map.of(named.id(), 1, others.id(), 1),
            other.id(), Map.of(others.id(), 1, toStop.id(), 1),
            idle.id(), Map.of());

    assertThat(storage().leases().renew(said, LATER, NOW).get(one.id()).missedTwice()).isEmpty();
    Map<AgentId, Renewal> renewals = storage().leases().renew(said, LATER, NOW);

    assertThat(renewals).containsOnlyKeys(one.id(), other.id(), idle.id());
    assertThat(renewals.get(one.id()))
        .isEqualTo(new Renewal(List.of(named.id()), List.of(), List.of(ref(missed))));
    assertThat(renewals.get(other.id()).renewed())
        .containsExactlyInAnyOrder(others.id(), toStop.id());
    assertThat(renewals.get(other.id()).cancelRequested()).containsExactly(toStop.id());
    assertThat(renewals.get(idle.id())).isEqualTo(Renewal.NOTHING);
    assertThat(stored(named).leaseExpiresAt()).isEqualTo(LATER);
    assertThat(stored(missed).leaseExpiresAt()).isEqualTo(NOW.plus(LEASE));
  }

  @Test
  void a_lease_is_never_shortened() {
    Agent agent = agent(1);
    Job job = leased(tenant(PlanName.FREE), agent);

    storage().leases().renew(agent.id(), Map.of(job.id(), 1), NOW.plusSeconds(1), NOW);

    assertThat(stored(job).leaseExpiresAt()).isEqualTo(NOW.plus(LEASE));
  }

  private Renewal renew(Agent agent, Map<JobId, Integer> named) {
    return storage().leases().renew(agent.id(), named, LATER, NOW);
  }
}
