package dev.muster.domain.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTokenTextTest {
  @Test
  void it_is_an_id_a_dot_and_what_is_secret() {
    Secret token = BootstrapTokenText.make(new Random(1));

    assertThat(token.reveal()).matches("[a-z0-9]{6}\\.[a-z0-9]{16}");
    assertThat(BootstrapTokenText.idOf(token)).contains(token.reveal().substring(0, 6));
  }

  @Test
  void every_character_of_the_alphabet_can_come() {
    Random random = new Random(1);
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      BootstrapTokenText.make(random).reveal().chars().forEach(seen::add);
    }

    assertThat(seen).hasSize(36 + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "abcdef",
        "abcde.0123456789abcdef",
        "abcdef.0123456789abcde",
        "abcdef.0123456789abcdef0",
        "ABCDEF.0123456789abcdef",
        "abcdef-0123456789abcdef",
        "abcdef.0123456789abcdef\n",
        " abcdef.0123456789abcdef",
        "abcdéf.0123456789abcdef"
      })
  void another_form_has_no_id(String text) {
    assertThat(BootstrapTokenText.idOf(Secret.of(text))).isEmpty();
  }
}
