package dev.muster.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.access.Role;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.LogLine;
import dev.muster.domain.tenancy.PlanName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireNamedTest {
  @Test
  void the_wire_name_is_the_constants_name_in_lower_case() {
    assertThat(LogLine.Stream.STDERR.wireName()).isEqualTo("stderr");
    assertThat(PlanName.ENTERPRISE.wireName()).isEqualTo("enterprise");
  }

  @Test
  void every_constant_is_found_by_its_wire_name() {
    for (JobStatus status : JobStatus.values()) {
      assertThat(WireNamed.parse(JobStatus.class, status.wireName())).contains(status);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "OPERATOR", "Operator", " operator", "operator ", "root"})
  void another_name_is_no_constant(String name) {
    assertThat(WireNamed.parse(Role.class, name)).isEmpty();
  }
}
