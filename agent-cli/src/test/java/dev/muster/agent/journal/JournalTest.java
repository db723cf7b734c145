package dev.muster.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JournalTest {
  @Test
  void an_event_is_one_line_of_keys_and_values() {
    assertThat(Journal.line("claimed", "job", 7, "tenant", "acme"))
        .isEqualTo("event=claimed job=7 tenant=acme");
  }

  @Test
  void a_value_from_the_network_cannot_forge_a_second_line_or_field() {
    assertThat(Journal.line("x", "a", "b\nevent=y \"c\" \u2028\u001b["))
        .isEqualTo("event=x a=\"b\\u000aevent=y \\\"c\\\" \\u2028\\u001b[\"");
  }
}
