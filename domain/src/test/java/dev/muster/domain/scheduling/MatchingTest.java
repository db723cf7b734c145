package dev.muster.domain.scheduling;

import static dev.muster.domain.scheduling.Queue.NOW;
import static dev.muster.domain.scheduling.Queue.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.tenancy.TenantId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MatchingTest {
  private static final QueuedJob JOB = Queue.job(1, 1, Priority.NORMAL, 0);
  private static final Seeker AGENT = Queue.seeker(1, 1, 0, 1);

  @Test
  void a_shared_agent_takes_shared_jobs_of_any_tenant() {
    assertThat(fits(JOB, AGENT)).isTrue();
    assertThat(fits(Queue.dedicated(JOB), AGENT)).isFalse();
  }

  @Test
  void a_shared_agent_for_one_tenant_takes_only_its_jobs() {
    assertThat(fits(JOB, Queue.owned(AGENT, TenantId.SYSTEM, Queue.slug(1)))).isTrue();
    assertThat(fits(JOB, Queue.owned(AGENT, TenantId.SYSTEM, Queue.slug(2)))).isFalse();
  }

  @Test
  void a_dedicated_agent_takes_dedicated_jobs_of_its_own_tenant() {
    assertThat(fits(Queue.dedicated(JOB), Queue.owned(AGENT, Queue.tenant(1), null))).isTrue();
    assertThat(fits(Queue.dedicated(JOB), Queue.owned(AGENT, Queue.tenant(2), null))).isFalse();
    assertThat(fits(JOB, Queue.owned(AGENT, Queue.tenant(1), null))).isFalse();
  }

  @Test
  void the_worker_type_must_be_the_same() {
    assertThat(fits(JOB, Queue.working(AGENT, "scan"))).isFalse();
  }

  @Test
  void an_agent_needs_all_capabilities_and_tools_and_may_have_more() {
    QueuedJob job =
        Queue.requiring(JOB, Requirements.of(Set.of("nuclei", "ldap"), Set.of("nmap"), null));

    assertThat(fits(job, able(Set.of("nuclei", "ldap", "zap"), Set.of("nmap", "curl")))).isTrue();
    assertThat(fits(job, able(Set.of("nuclei"), Set.of("nmap")))).isFalse();
    assertThat(fits(job, able(Set.of("nuclei", "ldap"), Set.of("curl")))).isFalse();
    assertThat(fits(job, able(Set.of("nuclei", "ldap", "nmap"), Set.of()))).isFalse();
  }

  @Test
  void a_job_waits_for_its_region_while_somebody_there_could_take_it() {
    QueuedJob job = Queue.requiring(JOB, Queue.requirements("eu", "nuclei"));
    Seeker there = Queue.able(AGENT, Queue.abilities("eu", "nuclei"));
    Seeker elsewhere = Queue.able(AGENT, Queue.abilities("us", "nuclei"));
    Seeker nowhere = Queue.able(AGENT, Queue.abilities(null, "nuclei"));
    Seeker unable = Queue.able(AGENT, Queue.abilities("eu", "ldap"));
    Seeker busyThere = Queue.able(Queue.seeker(9, 1, 1, 1), Queue.abilities("eu", "nuclei"));

    assertThat(fits(job, there)).isTrue();
    assertThat(fits(job, elsewhere, busyThere)).isFalse();
    assertThat(fits(job, nowhere, busyThere)).isFalse();
    assertThat(fits(job, elsewhere, unable)).isTrue();
    assertThat(fits(job, elsewhere)).isTrue();
  }

  @Test
  void its_patience_for_a_region_ends() {
    Seeker there = Queue.able(AGENT, Queue.abilities("eu"));
    Seeker elsewhere = Queue.able(AGENT, Queue.abilities("us"));

    assertThat(fits(waiting(PATIENCE.toSeconds()), elsewhere, there)).isFalse();
    assertThat(fits(waiting(PATIENCE.toSeconds() + 1), elsewhere, there)).isTrue();
  }

  private static QueuedJob waiting(long seconds) {
    return Queue.requiring(Queue.job(1, 1, Priority.NORMAL, seconds), Queue.requirements("eu"));
  }

  private static Seeker able(Set<String> capabilities, Set<String> tools) {
    return Queue.able(AGENT, Abilities.of(capabilities, tools, null));
  }

  private static boolean fits(QueuedJob job, Seeker agent, Seeker... online) {
    return Matching.fits(job, Queue.slug(1), agent, List.of(online), NOW, PATIENCE);
  }
}
