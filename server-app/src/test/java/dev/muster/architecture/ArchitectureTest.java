package dev.muster.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
  @ParameterizedTest
  @MethodSource("dev.muster.architecture.Rule#all")
  void muster_keeps_the_rule(Rule rule) {
    rule.in().apply(House.MUSTER).check(House.MUSTER.classes());
  }

  @ParameterizedTest
  @MethodSource("dev.muster.architecture.Rule#all")
  void a_planted_violation_is_found_and_nothing_else(Rule rule) {
    House house = House.planted(rule.planted());
    JavaClasses inhabitants = house.classes();

    EvaluationResult result = rule.in().apply(house).evaluate(inhabitants);

    String found = String.join("\n", result.getFailureReport().getDetails());
    assertThat(names(inhabitants, "Guilty")).isNotEmpty().allMatch(found::contains);
    assertThat(names(inhabitants, "Innocent")).isNotEmpty().noneMatch(found::contains);
  }

  private static List<String> names(JavaClasses inhabitants, String prefix) {
    return inhabitants.stream()
        .map(JavaClass::getSimpleName)
        .filter(name -> name.startsWith(prefix))
        .toList();
  }
}
