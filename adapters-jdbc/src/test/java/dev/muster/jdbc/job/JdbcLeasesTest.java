package dev.muster.jdbc.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.jdbc.GenericPlan;
import dev.muster.jdbc.RowHeld;
import dev.muster.ports.out.job.JobStorage;
import dev.muster.ports.out.job.Leases.Renewal;
import dev.muster.ports.out.job.LeasesContract;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbcLeasesTest extends LeasesContract {
  @RegisterExtension static final JdbcJobStorage STORAGE = new JdbcJobStorage();

  @Test
  void a_job_that_somebody_holds_keeps_no_other_agent_waiting() {
    Agent one = agent(1);
    Agent other = agent(1);
    Job held = leased(tenant(PlanName.FREE), one);
    Job free = leased(tenant(PlanName.FREE), other);
    Instant until = NOW.plus(LEASE).plusSeconds(20);
    Map<AgentId, Map<JobId, Integer>> said =
        Map.of(one.id(), Map.of(held.id(), 1), other.id(), Map.of(free.id(), 1));

    try (RowHeld row =
        RowHeld.of(
            STORAGE.database(),
            "SELECT 1 FROM jobs WHERE id = '%s' FOR UPDATE".formatted(held.id()))) {
      Map<AgentId, Renewal> renewals = storage().leases().renew(said, until, NOW);

      assertThat(renewals.get(one.id())).isEqualTo(Renewal.NOTHING);
      assertThat(renewals.get(other.id()).renewed()).containsExactly(free.id());
    }
    assertThat(storage().leases().renew(one.id(), Map.of(held.id(), 1), until, NOW).renewed())
        .containsExactly(held.id());
  }

  @Test
  void each_job_is_looked_up_among_the_named_ones_and_not_compared_with_all() {
    String numbered =
        JdbcLeases.WAITING
            .replace(":by", "$1")
            .replace(":ids", "$2")
            .replace(":attempts", "$3")
            .replace(":agents", "$4")
            .replace(":until", "$5")
            .replace(":knownSince", "$6");
    String types = "uuid[], uuid[], int[], uuid[], timestamptz, timestamptz";

    GenericPlan plan =
        STORAGE
            .transactions()
            .forAllTenants(handle ->
                GenericPlan.of(
                    handle,
                    types,
                    numbered,
                    "'{}', '{}', '{}', '{}', '%s', '%s'".formatted(NOW, NOW)));

    assertThat(plan.text())
        .contains("hashed SubPlan")
        .containsOnlyOnce("using jobs_leased")
        .contains("job.id = held.id");
  }

  @Override
  protected JobStorage storage() {
    return STORAGE;
  }
}
