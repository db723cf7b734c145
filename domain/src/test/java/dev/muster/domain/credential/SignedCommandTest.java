package dev.muster.domain.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedCommandTest {
  private static final UUID AGENT = UUID.fromString("01900000-0000-7000-8000-0000000000aa");
  private static final Secret SECRET =
      Secret.of("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
  private static final String BODY =
      SignedCommand.hashOf("{\"wait_seconds\":0}".getBytes(StandardCharsets.UTF_8));
  private static final SignedCommand COMMAND =
      new SignedCommand(
          "POST",
          "/api/v1/platform-agent/jobs/claim?x=1",
          AGENT,
          1_774_746_000,
          "AAAAAAAAAAAAAAAAAAAAAA",
          BODY);

  /** Computed with {@code openssl dgst -sha256 -mac HMAC -macopt hexkey:…} over the same lines. */
  @Test
  void the_signature_is_the_hmac_of_the_lines_that_are_documented() {
    assertThat(COMMAND.signature(SECRET))
        .isEqualTo("4a252a156a8013cfaf7cbdadcd45799d1ca8ad30abbb6a6d58468f1181423e6b");
    assertThat(COMMAND.isSignedBy(SECRET, COMMAND.signature(SECRET))).isTrue();
  }

  @Test
  void whatever_else_is_said_has_another_signature() {
    List<SignedCommand> others =
        List.of(
            with("GET", COMMAND.target(), AGENT, COMMAND.timestamp(), COMMAND.nonce(), BODY),
            with("POST", "/api/v1/x", AGENT, COMMAND.timestamp(), COMMAND.nonce(), BODY),
            with(
                "POST",
                COMMAND.target(),
                new UUID(1, 1),
                COMMAND.timestamp(),
                "A".repeat(22),
                BODY),
            with("POST", COMMAND.target(), AGENT, COMMAND.timestamp() + 1, COMMAND.nonce(), BODY),
            with("POST", COMMAND.target(), AGENT, COMMAND.timestamp(), "B".repeat(22), BODY),
            with(
                "POST",
                COMMAND.target(),
                AGENT,
                COMMAND.timestamp(),
                COMMAND.nonce(),
                SignedCommand.hashOf(new byte[0])));

    String signature = COMMAND.signature(SECRET);

    assertThat(others).noneMatch(other -> other.isSignedBy(SECRET, signature));
  }

  @Test
  void nothing_is_signed_by_no_secret_or_another() {
    String signature = COMMAND.signature(SECRET);

    assertThat(COMMAND.isSignedBy(Secret.of(""), signature)).isFalse();
    assertThat(COMMAND.isSignedBy(Secret.of("ab"), signature)).isFalse();
    assertThat(COMMAND.isSignedBy(Secret.of("f".repeat(64)), signature)).isFalse();
    assertThat(COMMAND.isSignedBy(SECRET, "")).isFalse();
    assertThat(COMMAND.isSignedBy(SECRET, signature.toUpperCase(java.util.Locale.ROOT))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a\nb", "/a b", "", "/ä", "/\u0000"})
  void what_could_be_read_in_two_ways_cannot_be_signed(String target) {
    assertThat(SignedCommand.isSignable("POST", target)).isFalse();
    assertThatThrownBy(() -> with("POST", target, AGENT, 1, "A".repeat(22), BODY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"0, true", "300, true", "-300, true", "301, false", "-301, false"})
  void the_window_is_five_minutes_either_way(long seconds, boolean timely) {
    Instant now = Instant.ofEpochSecond(COMMAND.timestamp() + seconds);

    assertThat(COMMAND.isTimely(now)).isEqualTo(timely);
  }

  private static SignedCommand with(
      String method, String target, UUID agent, long timestamp, String nonce, String bodyHash) {
    return new SignedCommand(method, target, agent, timestamp, nonce, bodyHash);
  }
}
