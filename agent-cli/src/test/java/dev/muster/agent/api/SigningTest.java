package dev.muster.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.SignedCommand;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SigningTest {
  private static final UUID AGENT = new UUID(1, 2);
  private static final Secret SECRET = Secret.of("ab".repeat(32));
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-29T00:59:30.9Z"));
  private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

  @Test
  void a_call_is_signed_over_what_is_sent() {
    Signing signing =
        new Signing(AGENT, () -> Optional.of(SECRET), unused -> {}, () -> "A".repeat(22), CLOCK);

    Map<String, String> headers = signing.headers("POST", "/x?y=z", BODY);

    SignedCommand command =
        new SignedCommand(
            "POST", "/x?y=z", AGENT, 1_774_745_970, "A".repeat(22), SignedCommand.hashOf(BODY));
    assertThat(headers)
        .isEqualTo(
            Map.of(
                "X-Signature-Timestamp",
                "1774745970",
                "X-Signature-Nonce",
                "A".repeat(22),
                "X-Signature",
                command.signature(SECRET)));
  }

  @Test
  void without_a_secret_nothing_is_signed() {
    assertThat(Signing.NONE.headers("POST", "/x", BODY)).isEmpty();
  }

  @Test
  void a_secret_that_was_replaced_is_used_from_the_next_call_on() {
    Secret[] present = {SECRET};
    Signing signing =
        new Signing(
            AGENT, () -> Optional.of(present[0]), unused -> {}, () -> "A".repeat(22), CLOCK);
    Map<String, String> before = signing.headers("POST", "/x", BODY);

    present[0] = Secret.of("cd".repeat(32));

    assertThat(signing.headers("POST", "/x", BODY)).isNotEqualTo(before);
  }

  @Test
  void nonces_have_the_right_form_and_do_not_come_twice() {
    NonceRandomness nonces = new NonceRandomness();

    assertThat(IntStream.range(0, 1_000).mapToObj(i -> nonces.get()).toList())
        .doesNotHaveDuplicates()
        .allSatisfy(nonce -> assertThat(nonce).hasSize(22).matches(SignedCommand.NONCE));
  }
}
