package dev.muster.domain.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.credential.AuditSignatures.Verdict;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AuditSignaturesTest {
  private static final String OLD = "1:" + "11".repeat(32);
  private static final String NEW = "2:" + "22".repeat(32);
  private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.US_ASCII);

  /** Computed apart from this code: HKDF and HMAC of Python's hashlib. */
  @Test
  void a_signature_is_the_hmac_under_a_key_of_its_own() {
    byte[] key = new byte[32];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) i;
    }

    assertThat(new AuditSignatures(MasterKeys.of(key)).sign(MESSAGE))
        .isEqualTo("1:8e675419c343a59a785269f531d3f82afa9508fd3b70d34203552db27d4e50b5");
  }

  @Test
  void a_signature_is_good_for_its_message_under_its_key_only() {
    String signature = with(OLD).sign(MESSAGE);

    assertThat(with(OLD).check(MESSAGE, signature)).isEqualTo(Verdict.GOOD);
    assertThat(with(OLD).check(new byte[0], signature)).isEqualTo(Verdict.WRONG);
    assertThat(with("1:" + "33".repeat(32)).check(MESSAGE, signature)).isEqualTo(Verdict.WRONG);
    assertThat(with(OLD).check(MESSAGE, "")).isEqualTo(Verdict.WRONG);
    assertThat(with(OLD).check(MESSAGE, "1:")).isEqualTo(Verdict.WRONG);
  }

  @Test
  void a_signature_of_an_older_key_is_good_as_long_as_the_key_is_live() {
    String signature = with(OLD).sign(MESSAGE);

    assertThat(with(NEW + "," + OLD).check(MESSAGE, signature)).isEqualTo(Verdict.GOOD);
    assertThat(with(NEW + "," + OLD).isOutdated(signature)).isTrue();
    assertThat(with(OLD).isOutdated(signature)).isFalse();
    assertThat(with(NEW).check(MESSAGE, signature)).isEqualTo(Verdict.UNKNOWN_KEY);
  }

  private static AuditSignatures with(String keys) {
    return new AuditSignatures(MasterKeys.parse(Secret.of(keys)));
  }
}
