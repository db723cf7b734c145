package dev.muster.domain.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultReferenceTest {
  @Test
  void a_reference_has_a_path_a_key_and_perhaps_a_version() {
    assertThat(VaultReference.parse("vault://local/salesforce-prod/client_secret/v3"))
        .contains(new VaultReference("salesforce-prod", "client_secret", OptionalInt.of(3)));
    assertThat(VaultReference.parse("vault://local/a/b/c"))
        .contains(new VaultReference("a/b", "c", OptionalInt.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "vault://local/",
        "vault://local/key",
        "vault://local/key/v1",
        "vault://local//key",
        "vault://local/a/../b",
        "vault://local/a/b/",
        "vault://local/a/b/v0",
        "vault://local/a/b/v1234567890",
        "vault://local/a/b/v01/v2",
        "vault://local/a/v1/v2",
        "vault://other/a/b",
        "Vault://local/a/b",
        "vault://local/a/b ",
        " vault://local/a/b",
        "vault://local/a/b\n",
        "vault://local/a/ü"
      })
  void what_is_not_exactly_a_reference_is_none(String text) {
    assertThat(VaultReference.parse(text)).isEmpty();
  }

  @Test
  void a_reference_beyond_the_longest_length_is_none() {
    String path = "a/".repeat((VaultReference.MAX_LENGTH - VaultReference.PREFIX.length() - 1) / 2);
    assertThat(VaultReference.parse(VaultReference.PREFIX + path + "k")).isPresent();
    assertThat(VaultReference.parse(VaultReference.PREFIX + path + "kkk")).isEmpty();
  }

  @Test
  void parts_that_make_no_reference_cannot_be_put_together() {
    assertThatThrownBy(() -> new VaultReference("a", "v3", OptionalInt.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new VaultReference("a", "b", OptionalInt.of(0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void a_reference_reads_back_as_it_was_written(
      @ForAll @IntRange(min = 1, max = 999_999_999) int v) {
    VaultReference reference = new VaultReference("a/b", "key", OptionalInt.of(v));
    assertThat(VaultReference.parse(reference.toString())).contains(reference);
  }
}
