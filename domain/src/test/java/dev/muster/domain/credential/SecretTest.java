package dev.muster.domain.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SecretTest {
  @Test
  void a_secret_shows_itself_as_stars() {
    assertThat(Secret.of("hunter2")).hasToString("***");
    assertThat("" + Secret.of("hunter2") + String.format("%s", Secret.of("hunter2")))
        .doesNotContain("hunter2");
  }

  @Test
  void secrets_match_where_they_are_the_same() {
    assertThat(Secret.of("a").matches(Secret.of("a"))).isTrue();
    assertThat(Secret.of("a").matches(Secret.of("b"))).isFalse();
    assertThat(Secret.of("a").matches(Secret.of("ab"))).isFalse();
    assertThat(Secret.of("a")).isEqualTo(Secret.of("a")).hasSameHashCodeAs(Secret.of("b"));
  }

  @Test
  void an_empty_secret_matches_nothing_not_even_itself() {
    Secret empty = Secret.of("");

    assertThat(empty.isEmpty()).isTrue();
    assertThat(empty.matches(empty)).isFalse();
    assertThat(empty.matches(Secret.of("a"))).isFalse();
    assertThat(Secret.of("a").matches(empty)).isFalse();
  }

  @Test
  void a_hash_is_the_sha_256_of_the_text() {
    TokenHash hash = TokenHash.of(Secret.of("abc"));

    assertThat(HexFormat.of().formatHex(hash.bytes()))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(TokenHash.stored(hash.bytes())).isEqualTo(hash).hasSameHashCodeAs(hash);
    assertThat(hash).isNotEqualTo(TokenHash.of(Secret.of("abd")));
  }

  @Test
  void a_stored_hash_has_a_hashs_length() {
    assertThatThrownBy(() -> TokenHash.stored(new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_hash_does_not_change_with_the_array_it_was_given_or_gave() {
    byte[] bytes = new byte[32];
    TokenHash hash = TokenHash.stored(bytes);
    bytes[0] = 1;
    hash.bytes()[1] = 1;

    assertThat(hash.bytes()).containsOnly(0);
  }

  @Test
  void a_hash_shows_only_its_beginning() {
    assertThat(TokenHash.of(Secret.of("abc"))).hasToString("ba7816bf…");
  }
}
