package dev.muster.domain.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.job.Priority;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClaimPlannerTest {
  @Test
  void the_best_job_by_the_formula_goes_first_across_tenants() {
    QueuedJob normal = Queue.job(1, 1, Priority.NORMAL, 10);
    QueuedJob critical = Queue.job(2, 2, Priority.CRITICAL, 0);

    assertThat(plan(List.of(normal, critical), Queue.seeker(1, 1, 0, 1)))
        .containsExactly(grant(critical, 1));
  }

  @Test
  void a_tenant_at_its_cap_starts_nothing_and_others_take_its_turn() {
    QueuedJob capped = Queue.job(1, 1, Priority.CRITICAL, 0);
    QueuedJob open = Queue.job(2, 2, Priority.LOW, 0);
    QueueView view =
        Queue.view(
            List.of(Queue.load(1, 2, 2), Queue.load(2, 0, 2)), List.of(capped, open), List.of());

    assertThat(ClaimPlanner.plan(view, List.of(Queue.seeker(1, 5, 0, 5))))
        .containsExactly(grant(open, 1));
  }

  @Test
  void a_batch_stops_at_the_cap() {
    List<QueuedJob> jobs =
        IntStream.range(0, 10).mapToObj(i -> Queue.job(i, 1, Priority.NORMAL, i)).toList();
    QueueView view = Queue.view(List.of(Queue.load(1, 1, 4)), jobs, List.of());

    assertThat(ClaimPlanner.plan(view, List.of(Queue.seeker(1, 10, 0, 10)))).hasSize(3);
  }

  @Test
  void a_tenant_that_the_view_does_not_know_starts_nothing() {
    QueueView view = Queue.view(List.of(), List.of(Queue.job(1, 1, Priority.NORMAL, 0)), List.of());

    assertThat(ClaimPlanner.plan(view, List.of(Queue.seeker(1, 1, 0, 1)))).isEmpty();
  }

  @Test
  void an_agent_gets_no_more_than_it_wants_and_has_slots_for() {
    List<QueuedJob> jobs =
        IntStream.range(0, 10).mapToObj(i -> Queue.job(i, 1, Priority.NORMAL, i)).toList();

    assertThat(plan(jobs, Queue.seeker(1, 2, 0, 9))).hasSize(2);
    assertThat(plan(jobs, Queue.seeker(1, 9, 3, 5))).hasSize(2);
    assertThat(plan(jobs, Queue.seeker(1, 9, 5, 5))).isEmpty();
  }

  @Test
  void the_least_loaded_agent_gets_the_job() {
    QueuedJob job = Queue.job(1, 1, Priority.NORMAL, 0);

    assertThat(plan(List.of(job), Queue.seeker(1, 1, 1, 2), Queue.seeker(2, 1, 3, 8)))
        .containsExactly(grant(job, 2));
  }

  @Test
  void equally_loaded_agents_get_it_in_the_order_given() {
    QueuedJob job = Queue.job(1, 1, Priority.NORMAL, 0);

    assertThat(plan(List.of(job), Queue.seeker(5, 1, 1, 3), Queue.seeker(4, 1, 2, 6)))
        .containsExactly(grant(job, 5));
  }

  @Test
  void what_a_plan_has_given_counts_as_load() {
    QueuedJob first = Queue.job(1, 1, Priority.NORMAL, 9);
    QueuedJob second = Queue.job(2, 1, Priority.NORMAL, 8);

    assertThat(plan(List.of(first, second), Queue.seeker(1, 2, 0, 2), Queue.seeker(2, 2, 0, 2)))
        .containsExactly(grant(first, 1), grant(second, 2));
  }

  @Test
  void a_job_that_fits_nobody_holds_up_no_other() {
    QueuedJob unfit =
        Queue.requiring(Queue.job(1, 1, Priority.CRITICAL, 0), Queue.requirements(null, "nuclei"));
    QueuedJob fit = Queue.job(2, 1, Priority.LOW, 0);

    assertThat(plan(List.of(unfit, fit), Queue.seeker(1, 1, 0, 1))).containsExactly(grant(fit, 1));
  }

  @Test
  void a_job_goes_to_the_seeker_in_its_region_even_where_the_view_does_not_know_it_yet() {
    QueuedJob job = Queue.requiring(Queue.job(1, 1, Priority.NORMAL, 0), Queue.requirements("eu"));
    Seeker elsewhere = Queue.able(Queue.seeker(1, 1, 0, 9), Queue.abilities("us"));
    Seeker there = Queue.able(Queue.seeker(2, 1, 8, 9), Queue.abilities("eu"));

    assertThat(plan(List.of(job), elsewhere, there)).containsExactly(grant(job, 2));
  }

  private static List<Grant> plan(List<QueuedJob> jobs, Seeker... seekers) {
    QueueView view =
        Queue.view(List.of(Queue.load(1, 0, 50), Queue.load(2, 0, 50)), jobs, List.of());
    return ClaimPlanner.plan(view, List.of(seekers));
  }

  private static Grant grant(QueuedJob job, int agent) {
    return new Grant(job.tenant(), job.id(), Queue.agent(agent));
  }
}
