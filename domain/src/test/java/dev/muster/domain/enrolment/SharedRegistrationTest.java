package dev.muster.domain.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.credential.PlatformKey;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.enrolment.SharedRegistration.Version1;
import dev.muster.domain.enrolment.SharedRegistration.Version2;
import dev.muster.domain.fleet.AgentName;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SharedRegistrationTest {
  private static final long TIME = 1_800_000_000;
  private static final AgentName NAME = new AgentName("pod-1");
  private static final PlatformKey KEY =
      PlatformKey.parse(Secret.of("000102030405060708090a0b0c0d0e0f".repeat(2))).orElseThrow();

  /** By printf '…\n…' | openssl dgst -sha256 -mac HMAC -macopt hexkey:…, over the body {}. */
  @Test
  void version_2_is_signed_as_others_would_sign_it() {
    String signature = "81627e7cdcf91c4b164794e7df13779c843cdcb7e3ab31ef17f0fb76e037a4d8";

    assertThat(version2("muster.example.com", signature).isSignedBy(KEY)).isTrue();
    assertThat(version2("other.example.com", signature).isSignedBy(KEY)).isFalse();
    assertThat(version2("muster.example.com", "").isSignedBy(KEY)).isFalse();
  }

  @Test
  void a_host_is_the_same_in_any_case_and_another_with_another_port() {
    String signature = KEY.sign(version2("Muster.Example.COM:8443", "").text()).reveal();

    assertThat(version2("muster.example.com:8443", signature).isSignedBy(KEY)).isTrue();
    assertThat(version2("muster.example.com", signature).isSignedBy(KEY)).isFalse();
  }

  @Test
  void the_time_may_be_five_minutes_off_to_either_side() {
    Version1 signed = new Version1(NAME, TIME, Secret.of("x"));

    assertThat(signed.isTimely(Instant.ofEpochSecond(TIME - 300))).isTrue();
    assertThat(signed.isTimely(Instant.ofEpochSecond(TIME + 300))).isTrue();
    assertThat(signed.isTimely(Instant.ofEpochSecond(TIME - 301))).isFalse();
    assertThat(signed.isTimely(Instant.ofEpochSecond(TIME + 301))).isFalse();
    assertThat(new Version1(NAME, Long.MAX_VALUE, Secret.of("x")).isTimely(Instant.EPOCH))
        .isFalse();
    assertThat(signed.rememberedUntil()).isEqualTo(Instant.ofEpochSecond(TIME + 360));
  }

  private static Version2 version2(String host, String signature) {
    return new Version2(
        KEY.id(),
        host,
        NAME,
        TIME,
        "abcdefghijklmnopqrstuv",
        PlatformKey.sha256(new byte[] {'{', '}'}),
        Secret.of(signature));
  }
}
