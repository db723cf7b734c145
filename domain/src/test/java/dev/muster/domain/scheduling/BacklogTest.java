package dev.muster.domain.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.job.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private static final int WINDOW = 4;
  private static final int FEW = 2;

  private final Backlog backlog = new Backlog(10, WINDOW, FEW);

  @Test
  void a_tenant_is_read_once_for_what_arrived_unseen() {
    backlog.standing(standing(1, 1, 1));
    assertThat(backlog.unread()).containsExactly(Queue.tenant(1));

    backlog.read(Queue.tenant(1), 1, List.of(new LaneStart(jobs(1, 1), true)));
    assertThat(backlog.unread()).isEmpty();

    backlog.standing(standing(2, 2, 2));
    assertThat(backlog.unread()).containsExactly(Queue.tenant(1));
  }

  @Test
  void what_arrives_while_the_lanes_are_read_is_read_again() {
    backlog.standing(standing(1, 1, 1));
    backlog.standing(standing(2, 2, 2));
    backlog.read(Queue.tenant(1), 1, List.of(new LaneStart(jobs(1, 1), true)));

    assertThat(backlog.unread()).containsExactly(Queue.tenant(1));
  }

  @Test
  void the_first_submit_after_an_empty_queue_needs_no_reading() {
    backlog.arrived(standing(9, 2, 700), jobs(1, 2));

    assertThat(backlog.unread()).isEmpty();
    assertThat(plan(9)).isEqualTo(jobs(1, 2));
  }

  @Test
  void a_submit_on_top_of_what_is_known_needs_no_reading() {
    backlog.arrived(standing(1, 2, 2), jobs(1, 2));
    backlog.arrived(standing(2, 4, 4), jobs(3, 4));

    assertThat(backlog.unread()).isEmpty();
    assertThat(plan(9)).isEqualTo(jobs(1, 4));
  }

  @Test
  void a_submit_on_top_of_something_unseen_is_remembered_and_the_tenant_read() {
    backlog.arrived(standing(2, 2, 2), jobs(2, 2));

    assertThat(backlog.unread()).containsExactly(Queue.tenant(1));
    assertThat(plan(9)).isEqualTo(jobs(2, 2));
  }

  @Test
  void a_submit_that_was_read_already_is_not_remembered_twice() {
    backlog.standing(standing(2, 1, 2));
    backlog.read(Queue.tenant(1), 2, List.of(new LaneStart(jobs(2, 2), true)));
    backlog.arrived(standing(1, 2, 2), jobs(1, 2));

    assertThat(plan(9)).isEqualTo(jobs(2, 2));
  }

  @Test
  void a_lane_is_remembered_as_far_as_its_window_and_read_on_before_it_is_empty() {
    backlog.arrived(standing(1, 6, 6), jobs(1, 6));
    assertThat(backlog.runningLow()).isEmpty();

    assertThat(plan(2)).isEqualTo(jobs(1, 2));
    settleAll();
    assertThat(backlog.runningLow()).containsExactly(new LaneEnd(job(4)));

    backlog.continued(new LaneEnd(job(4)), jobs(5, 6), true);
    assertThat(backlog.runningLow()).isEmpty();
    assertThat(plan(9)).isEqualTo(jobs(3, 6));
  }

  @Test
  void a_lane_is_not_read_on_before_half_of_what_was_read_is_used() {
    backlog.standing(standing(1, 9, 9));
    backlog.read(Queue.tenant(1), 9, List.of(new LaneStart(jobs(1, 2), false)));
    assertThat(backlog.runningLow()).isEmpty();

    plan(1);
    settleAll();
    assertThat(backlog.runningLow()).containsExactly(new LaneEnd(job(2)));
  }

  @Test
  void what_arrives_while_a_lane_is_read_on_is_not_lost() {
    backlog.arrived(standing(1, 6, 6), jobs(1, 6));
    plan(2);
    settleAll();
    LaneEnd end = backlog.runningLow().getFirst();
    // The reading comes from before this.
    backlog.arrived(standing(2, 5, 7), jobs(7, 7));
    backlog.continued(end, jobs(5, 6), true);

    List<QueuedJob> granted = new ArrayList<>(plan(9));
    settleAll();
    backlog.runningLow().forEach(low -> backlog.continued(low, jobs(7, 7), true));
    granted.addAll(plan(9));

    assertThat(granted).isEqualTo(jobs(3, 7));
  }

  @Test
  void a_reading_on_from_where_the_lane_ends_no_more_is_passed_over() {
    backlog.arrived(standing(1, 6, 6), jobs(1, 6));
    plan(2);
    settleAll();
    LaneEnd end = backlog.runningLow().getFirst();
    backlog.read(Queue.tenant(1), 6, List.of(new LaneStart(jobs(3, 5), false)));
    backlog.continued(end, jobs(5, 6), true);

    assertThat(plan(9)).isEqualTo(jobs(3, 5));
  }

  @Test
  void what_could_not_start_goes_back_to_its_place_and_what_is_gone_is_forgotten() {
    backlog.arrived(standing(1, 4, 4), jobs(1, 4));
    WaitingAgents agents = agents(3);
    List<Planned> plan = backlog.plan(agents, circumstances());

    backlog.settled(List.of(), plan.subList(1, 2));

    assertThat(plan(9)).containsExactly(job(2), job(4));
  }

  @Test
  void a_plan_that_was_never_settled_comes_back() {
    backlog.arrived(standing(1, 2, 2), jobs(1, 2));
    plan(1);

    assertThat(plan(9)).isEqualTo(jobs(1, 2));
  }

  @Test
  void lanes_that_are_read_while_a_plan_is_carried_out_do_not_bring_its_jobs_back() {
    backlog.arrived(standing(1, 2, 2), jobs(1, 2));
    plan(1);
    backlog.read(Queue.tenant(1), 2, List.of(new LaneStart(jobs(1, 2), true)));
    settleAll();

    assertThat(plan(9)).isEqualTo(jobs(2, 2));
  }

  @Test
  void starts_of_a_plan_count_until_it_is_settled_and_then_as_storage_says() {
    backlog.arrived(standing(1, 4, 4, 0, 2), jobs(1, 4));
    assertThat(plan(9)).isEqualTo(jobs(1, 2));

    // One of them has ended already.
    backlog.settled(List.of(standing(2, 2, 4, 1, 2)), List.of());

    assertThat(plan(9)).isEqualTo(jobs(3, 3));
  }

  @Test
  void an_older_reading_is_not_taken() {
    backlog.arrived(standing(2, 1, 1, 0, 2), jobs(1, 1));
    backlog.standing(standing(1, 1, 1, 2, 2));

    assertThat(plan(9)).isEqualTo(jobs(1, 1));
  }

  @Test
  void who_is_missing_from_a_complete_reading_is_forgotten_unless_heard_of_meanwhile() {
    backlog.arrived(standing(1, 2, 2), jobs(1, 2));
    // The reading may be from before the submit.
    backlog.standings(List.of());
    assertThat(plan(1)).isEqualTo(jobs(1, 1));
    settleAll();

    backlog.standings(List.of());
    assertThat(plan(9)).isEmpty();
  }

  @Test
  void the_pools_of_one_tenant_share_its_cap() {
    QueuedJob dedicated = Queue.dedicated(job(3));
    backlog.arrived(standing(1, 3, 3, 0, 2), List.of(job(1), job(2), dedicated));
    WaitingAgents agents = agents(1);
    agents.put(Queue.owned(Queue.seeker(2, 5, 0, 5), Queue.tenant(1), null), 0);

    assertThat(jobsOf(backlog.plan(agents, circumstances()))).containsExactly(job(1), dedicated);
  }

  @Test
  void with_nobody_waiting_nothing_is_planned() {
    backlog.arrived(standing(1, 1, 1), jobs(1, 1));

    assertThat(backlog.plan(new WaitingAgents(), circumstances())).isEmpty();
  }

  private List<QueuedJob> plan(int slots) {
    return jobsOf(backlog.plan(agents(slots), circumstances()));
  }

  private void settleAll() {
    backlog.settled(List.of(), List.of());
  }

  private static List<QueuedJob> jobsOf(List<Planned> plan) {
    return plan.stream().map(Planned::job).toList();
  }

  private static WaitingAgents agents(int slots) {
    WaitingAgents agents = new WaitingAgents();
    agents.put(Queue.seeker(1, slots, 0, slots), 0);
    return agents;
  }

  private static Circumstances circumstances() {
    return new Circumstances(Queue.NOW, List.of(), 100, Queue.PATIENCE);
  }

  private static List<QueuedJob> jobs(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(BacklogTest::job).toList();
  }

  private static QueuedJob job(int number) {
    return Queue.job(number, 1, Priority.NORMAL, 1_000 - number);
  }

  private static TenantStanding standing(long version, int queued, long arrivals) {
    return standing(version, queued, arrivals, 0, 100);
  }

  private static TenantStanding standing(
      long version, int queued, long arrivals, int running, int cap) {
    return new TenantStanding(
        Queue.tenant(1),
        Queue.slug(1),
        version,
        true,
        queued,
        running,
        running,
        cap,
        1,
        0,
        arrivals);
  }
}
