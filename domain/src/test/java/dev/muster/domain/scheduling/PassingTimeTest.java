package dev.muster.domain.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.job.Priority;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is remembered from plan to plan changes with time alone, where nobody says anything. */
class PassingTimeTest {
  private final Backlog backlog = new Backlog(10);
  private final SimulatedQueue queue = new SimulatedQueue();
  private final WaitingAgents agents = new WaitingAgents();

  @ParameterizedTest
  @CsvSource({
    // The low one stops ageing after 3,000 s, and the normal one catches up.
    "2900,1300,250,300",
    "4000,1400,50,200",
    "2999,1499,1,3",
    "3001,1499,1,2"
  })
  void the_order_of_the_lanes_changes(long low, long normal, long before, long after) {
    QueuedJob lowJob = Queue.job(1, 1, Priority.LOW, low);
    QueuedJob normalJob = Queue.job(2, 1, Priority.NORMAL, normal);
    submit(1, lowJob, normalJob);
    submit(2, Queue.job(3, 2, Priority.CRITICAL, 0), Queue.job(4, 2, Priority.CRITICAL, 0));

    // Each time tenant 2 has the turn, and what tenant 1 would start next is looked at.
    assertThat(grant(0).tenant()).isEqualTo(Queue.tenant(2));
    assertThat(grant(before).tenant()).isEqualTo(Queue.tenant(2));

    assertThat(grant(after)).isEqualTo(normalJob);
    assertThat(grant(after)).isEqualTo(lowJob);
  }

  @Test
  void a_job_loses_its_patience() {
    QueuedJob job = Queue.requiring(Queue.job(1, 1, Priority.NORMAL, 10), Queue.requirements("eu"));
    submit(1, job);
    agents.put(Queue.able(Queue.seeker(1, 1, 0, 1), Queue.abilities("us")), 0);
    List<Seeker> online = List.of(Queue.able(Queue.seeker(2, 1, 1, 1), Queue.abilities("eu")));

    assertThat(plan(online, 0)).isEmpty();
    assertThat(plan(online, 20)).isEmpty();
    assertThat(plan(online, 21)).containsExactly(job);
  }

  private void submit(int tenant, QueuedJob... jobs) {
    backlog.arrived(queue.add(queue.tenant(tenant), List.of(jobs)), List.of(jobs));
  }

  private QueuedJob grant(long secondsLater) {
    agents.put(Queue.seeker(1, 1, 0, 1), 0);
    return plan(List.of(), secondsLater).getFirst();
  }

  private List<QueuedJob> plan(List<Seeker> online, long secondsLater) {
    Instant now = Queue.NOW.plusSeconds(secondsLater);
    List<Planned> plan = backlog.plan(agents, new Circumstances(now, online, 100, Queue.PATIENCE));
    backlog.settled(queue.start(plan), List.of());
    return plan.stream().map(Planned::job).toList();
  }
}
