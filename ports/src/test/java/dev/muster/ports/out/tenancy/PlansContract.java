package dev.muster.ports.out.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.tenancy.Plan;
import dev.muster.domain.tenancy.PlanName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link Plans} must do. */
public abstract class PlansContract {
  protected abstract Plans plans();

  @ParameterizedTest
  @EnumSource(PlanName.class)
  void a_new_installation_has_the_initial_limits(PlanName name) {
    assertThat(plans().get(name)).isEqualTo(name.initial());
  }

  @Test
  void the_limits_of_a_plan_are_replaced_and_those_of_the_others_stay() {
    Plan changed = new Plan(PlanName.STARTER, 3, 4, 5);

    plans().replace(changed);

    assertThat(plans().get(PlanName.STARTER)).isEqualTo(changed);
    assertThat(plans().get(PlanName.FREE)).isEqualTo(PlanName.FREE.initial());
    plans().replace(PlanName.STARTER.initial());
  }
}
