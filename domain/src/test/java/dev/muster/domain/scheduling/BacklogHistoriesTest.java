package dev.muster.domain.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class BacklogHistoriesTest {
  @Property(tries = 2_000)
  void it_grants_what_the_rules_taken_word_by_word_grant(@ForAll long seed) {
    assertThat(new RandomHistory(seed).run(60)).isNotNegative();
  }
}
