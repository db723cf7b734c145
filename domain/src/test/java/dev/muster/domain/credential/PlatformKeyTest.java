package dev.muster.domain.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlatformKeyTest {
  private static final String HEX = "000102030405060708090a0b0c0d0e0f".repeat(2);

  @Test
  void a_key_is_64_hex_digits_and_nothing_else() {
    for (String wrong : List.of("", "00", HEX + "0", HEX.substring(1), "g" + HEX.substring(1))) {
      assertThat(PlatformKey.parse(Secret.of(wrong))).isEmpty();
    }
    assertThat(key().toString()).doesNotContain(HEX);
  }

  /** By printf 'agent_register:pod-1:1800000000' | openssl dgst -sha256 -mac HMAC. */
  @Test
  void it_signs_with_its_bytes_and_not_with_its_digits() {
    assertThat(key().sign("agent_register:pod-1:1800000000").reveal())
        .isEqualTo("5b755864a4944d7ff527e671c31763f176870b3a38986107f9b0f828ff5b0592");
    assertThat(key().id()).isEqualTo("80a3e0f9");
  }

  @Test
  void the_hash_of_nothing_is_the_published_one() {
    assertThat(PlatformKey.sha256("".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  private static PlatformKey key() {
    return PlatformKey.parse(Secret.of(HEX)).orElseThrow();
  }
}
