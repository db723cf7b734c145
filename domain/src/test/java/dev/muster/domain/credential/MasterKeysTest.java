package dev.muster.domain.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeysTest {
  private static final String KEY = "00112233445566778899aAbBcCdDeEfF".repeat(2);

  @Test
  void one_key_needs_no_id() {
    MasterKeys keys = MasterKeys.parse(Secret.of(KEY + "\n"));

    assertThat(keys.currentId()).isEqualTo(MasterKeys.DEFAULT_ID);
    assertThat(keys.ids()).containsExactly(MasterKeys.DEFAULT_ID);
  }

  @Test
  void of_several_the_first_is_the_current_one() {
    MasterKeys keys = MasterKeys.parse(Secret.of(" 7:" + KEY + ", 4294967295:" + KEY));

    assertThat(keys.currentId()).isEqualTo(7);
    assertThat(keys.ids()).containsExactly(7L, 4294967295L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "K0",
        "KKK",
        "1:K,",
        "K,2:K",
        "1:K,1:K",
        "01:K,1:K",
        "4294967296:K",
        "-1:K",
        "x:K",
        ":K",
        "1:",
        "1:K;2:K",
        "99999999999:K",
        "pbkdf2:K",
        "pbkdf2::KKK",
        "pbkdf2:0011:KKK",
        "pbkdf2:K0:KKK",
        "pbkdf2:K:too short a phrase",
        "pbkdf2:K:a phrase with a comma, it is not"
      })
  void another_form_is_refused_without_saying_what_it_was(String form) {
    assertThatThrownBy(() -> MasterKeys.parse(Secret.of(form.replace("K", KEY))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .message()
        .doesNotContain(KEY)
        .doesNotContain(KEY.substring(0, 8));
  }

  @Test
  void a_pass_phrase_with_its_salt_always_comes_to_the_same_key() {
    String salt = "00112233445566778899aabbccddeeff";
    MasterKeys keys =
        MasterKeys.parse(Secret.of("3:pbkdf2:" + salt + ":correct horse: bättery,1:" + KEY));
    MasterKeys again = MasterKeys.parse(Secret.of("pbkdf2:" + salt + ":correct horse: bättery"));
    MasterKeys salted = MasterKeys.parse(Secret.of("pbkdf2:ff" + salt + ":correct horse: bättery"));

    assertThat(keys.ids()).containsExactly(3L, 1L);
    assertThat(bytes(keys, 3)).isEqualTo(bytes(again, MasterKeys.DEFAULT_ID));
    assertThat(bytes(salted, MasterKeys.DEFAULT_ID)).isNotEqualTo(bytes(keys, 3));
  }

  private static byte[] bytes(MasterKeys keys, long id) {
    return keys.derive(id, new byte[0], new byte[0]).orElseThrow();
  }

  @Test
  void a_key_of_another_length_is_refused() {
    assertThatThrownBy(() -> MasterKeys.of(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void it_shows_its_ids_and_no_key() {
    assertThat(MasterKeys.parse(Secret.of("7:" + KEY))).hasToString("MasterKeys[7]");
  }

  @Test
  void there_is_nothing_to_derive_from_a_key_that_is_not_there() {
    assertThat(MasterKeys.of(new byte[32]).derive(2, new byte[0], new byte[0])).isEmpty();
  }
}
