package dev.muster.domain.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.job.Priority;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentAvailabilityTest {
  private static final QueuedJob JOB = Queue.job(1, 1, Priority.NORMAL, 0);
  private static final TenantStanding OPEN = Queue.standing(1, 0, 2);

  @Test
  void a_fitting_agent_with_a_free_slot_will_do() {
    assertThat(available(JOB, OPEN, Queue.seeker(1, 1, 1, 2))).isTrue();
  }

  @Test
  void nobody_or_nobody_with_a_free_slot_will_not() {
    assertThat(available(JOB, OPEN)).isFalse();
    assertThat(available(JOB, OPEN, Queue.seeker(1, 1, 2, 2))).isFalse();
  }

  @Test
  void an_agent_that_the_job_does_not_fit_will_not() {
    QueuedJob job = Queue.requiring(JOB, Queue.requirements(null, "nuclei"));

    assertThat(available(job, OPEN, Queue.seeker(1, 1, 0, 2))).isFalse();
  }

  @Test
  void a_tenant_at_its_cap_has_no_agent() {
    assertThat(available(JOB, Queue.standing(1, 2, 2), Queue.seeker(1, 1, 0, 2))).isFalse();
  }

  @Test
  void a_full_agent_in_the_preferred_region_keeps_the_job_from_free_ones_elsewhere() {
    QueuedJob job = Queue.requiring(JOB, Queue.requirements("eu"));
    Seeker fullThere = Queue.able(Queue.seeker(1, 1, 2, 2), Queue.abilities("eu"));
    Seeker freeElsewhere = Queue.able(Queue.seeker(2, 1, 0, 2), Queue.abilities("us"));

    assertThat(available(job, OPEN, fullThere, freeElsewhere)).isFalse();
    assertThat(available(job, OPEN, freeElsewhere)).isTrue();
  }

  private static boolean available(QueuedJob job, TenantStanding tenant, Seeker... online) {
    return AgentAvailability.isThereOneFor(job, tenant, List.of(online), Queue.NOW, Queue.PATIENCE);
  }
}
