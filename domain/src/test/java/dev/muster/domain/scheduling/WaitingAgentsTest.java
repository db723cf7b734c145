package dev.muster.domain.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Priority;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WaitingAgentsTest {
  private final WaitingAgents agents = new WaitingAgents();

  @Test
  void the_least_loaded_gets_the_job() {
    agents.put(Queue.seeker(1, 1, 1, 2), 1);
    agents.put(Queue.seeker(2, 1, 3, 8), 2);

    assertThat(grants(1)).containsExactly(Queue.agent(2));
  }

  @Test
  void equally_loaded_agents_get_it_by_lot() {
    agents.put(Queue.seeker(1, 1, 1, 3), 9);
    agents.put(Queue.seeker(2, 1, 2, 6), -4);

    assertThat(grants(1)).containsExactly(Queue.agent(2));
  }

  @Test
  void the_least_loaded_of_all_kinds_that_fit_gets_it() {
    agents.put(Queue.able(Queue.seeker(1, 1, 1, 2), Queue.abilities(null, "zap")), 1);
    agents.put(Queue.able(Queue.seeker(2, 1, 0, 2), Queue.abilities(null, "nuclei")), 2);

    assertThat(grants(1)).containsExactly(Queue.agent(2));
  }

  @Test
  void what_a_plan_has_given_counts_as_load() {
    agents.put(Queue.seeker(1, 2, 0, 2), 1);
    agents.put(Queue.seeker(2, 2, 0, 2), 2);

    assertThat(grants(3)).containsExactly(Queue.agent(1), Queue.agent(2), Queue.agent(1));
  }

  @Test
  void an_agent_gets_no_more_than_it_wants_and_has_slots_for() {
    agents.put(Queue.seeker(1, 2, 0, 9), 0);
    agents.put(Queue.seeker(2, 9, 3, 5), 0);
    agents.put(Queue.seeker(3, 9, 5, 5), 0);

    assertThat(grants(20))
        .hasSize(4)
        .containsOnly(Queue.agent(1), Queue.agent(2))
        .filteredOn(Queue.agent(1)::equals)
        .hasSize(2);
  }

  @Test
  void who_was_removed_gets_nothing_and_who_is_put_again_replaces_itself() {
    agents.put(Queue.seeker(1, 5, 0, 5), 0);
    agents.put(Queue.seeker(1, 1, 4, 5), 0);
    agents.put(Queue.seeker(2, 5, 0, 5), 0);
    agents.remove(Queue.agent(2));
    agents.remove(Queue.agent(3));

    assertThat(grants(9)).containsExactly(Queue.agent(1));
    agents.remove(Queue.agent(1));
    assertThat(agents.isEmpty()).isTrue();
  }

  /** Who gets so many jobs, in this order. */
  private List<AgentId> grants(int jobs) {
    Backlog backlog = new Backlog(10);
    List<QueuedJob> queued =
        IntStream.range(0, jobs).mapToObj(i -> Queue.job(i, 1, Priority.LOW, 50 - i)).toList();
    SimulatedQueue queue = new SimulatedQueue();
    backlog.arrived(queue.add(queue.tenant(1), queued), queued);
    return backlog
        .plan(agents, new Circumstances(Queue.NOW, List.of(), 100, Queue.PATIENCE))
        .stream()
        .map(planned -> planned.grant().agent())
        .toList();
  }
}
