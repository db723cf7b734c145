package dev.muster.domain.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Abilities;
import org.junit.jupiter.api.Test;

class PlacementTest {
  @Test
  void a_tenant_whose_agents_work_for_it_has_its_jobs_where_it_says() {
    assertThat(Placement.of(WorkerMode.AGENT, Pool.DEDICATED, "heavy"))
        .isEqualTo(new Placement(Pool.DEDICATED, "heavy"));
  }

  @Test
  void a_tenant_that_works_inline_has_its_jobs_with_the_platforms_own_workers() {
    Placement placement = Placement.of(WorkerMode.INLINE, Pool.DEDICATED, "heavy");

    assertThat(placement).isEqualTo(new Placement(Pool.SHARED, Placement.INLINE));
    assertThat(Placement.isInline(placement.workerType())).isTrue();
    assertThat(Placement.isInline(Tenant.DEFAULT_WORKER_TYPE)).isFalse();
  }

  @Test
  void nobody_can_name_the_type_of_the_workers_within_the_server() {
    assertThat(Placement.INLINE).doesNotMatch(Abilities.LABEL);
  }
}
