package dev.muster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GoalTest {
  private static final Goal THIRD_OF_ECHO =
      Goal.atLeast(0.4, "g", Figure.SINGLE, Figure.ECHO).times(3);

  @Test
  void a_ratio_that_is_great_enough_is_reached() {
    assertThat(THIRD_OF_ECHO.row(Map.of(Figure.SINGLE, 12_000.0, Figure.ECHO, 90_000.0)))
        .endsWith("| 0.40 | ≥ 0.4 | yes |");
  }

  @Test
  void a_ratio_that_is_too_small_is_not_reached() {
    assertThat(THIRD_OF_ECHO.row(Map.of(Figure.SINGLE, 9_000.0, Figure.ECHO, 90_000.0)))
        .endsWith("| 0.30 | ≥ 0.4 | **no** |");
  }

  @Test
  void what_was_not_measured_is_not_judged() {
    assertThat(THIRD_OF_ECHO.row(Map.of(Figure.SINGLE, 9_000.0)))
        .endsWith("| – | ≥ 0.4 | not measured |");
  }

  @Test
  void a_bound_from_above_is_kept_by_what_is_smaller() {
    Goal rows = Goal.atMost(0, "rows", Figure.AGED_ROWS);

    assertThat(rows.row(Map.of(Figure.AGED_ROWS, 0.0))).endsWith("yes |");
    assertThat(rows.row(Map.of(Figure.AGED_ROWS, 1.0))).endsWith("**no** |");
  }
}
