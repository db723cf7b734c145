package dev.muster.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class RetryableTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 520})
  void a_server_that_cannot_now_is_asked_again(int status) {
    assertThat(answered(status, "x", null)).isInstanceOf(Reply.Unavailable.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 401, 403, 404, 407, 409, 422})
  void what_is_not_said_in_musters_form_is_never_final(int status) {
    Reply<String> reply = Retryable.answered(status, headers(null), null, CLOCK);
    assertThat(reply).isInstanceOf(Reply.Unavailable.class);
  }

  @Test
  void what_muster_says_is_final() {
    assertThat(answered(401, "unauthenticated", null)).isInstanceOf(Reply.Unauthorized.class);
    assertThat(answered(403, "agent_disabled", null)).isInstanceOf(Reply.Disabled.class);
    assertThat(answered(409, "lease_lost", null)).isInstanceOf(Reply.LeaseLost.class);
    assertThat(answered(403, "tenant_suspended", null)).isInstanceOf(Reply.Refused.class);
    assertThat(answered(409, "agent_name_in_use", null)).isInstanceOf(Reply.Refused.class);
    assertThat(answered(404, "not_found", null)).isInstanceOf(Reply.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "signature_required",
        "signature_invalid",
        "signature_expired",
        "certificate_required"
      })
  void what_is_asked_at_the_gate_is_no_verdict_on_what_was_sent(String code) {
    assertThat(answered(403, code, null)).isInstanceOf(Reply.Unavailable.class);
  }

  @Test
  void what_a_server_says_at_length_is_cut_before_it_is_logged() {
    ObjectNode problem = Json.object().put("code", "x".repeat(900)).put("detail", "y".repeat(900));

    Reply<String> reply = Retryable.answered(409, headers(null), problem, CLOCK);

    assertThat(reply)
        .isEqualTo(new Reply.Refused<>(409, "x".repeat(64) + "…", "y".repeat(500) + "…"));
  }

  @Test
  void retry_after_is_read_as_seconds_and_as_a_date() {
    assertThat(retryAfter("5")).isEqualTo(Duration.ofSeconds(5));
    assertThat(retryAfter("Thu, 01 Jan 2026 00:01:00 GMT")).isEqualTo(Duration.ofMinutes(1));
    assertThat(retryAfter("Wed, 01 Jan 2020 00:01:00 GMT")).isEqualTo(Duration.ZERO);
    assertThat(retryAfter("soon")).isNull();
    assertThat(retryAfter("99999999999999")).isNull();
  }

  @Test
  void a_certificate_that_is_not_trusted_is_told_apart_from_a_cut_handshake() {
    IOException cut = new SSLHandshakeException("Remote host terminated the handshake");
    cut.initCause(new EOFException());

    assertThat(untrusted(new SSLHandshakeException("PKIX path building failed"))).isTrue();
    assertThat(untrusted(cut)).isFalse();
    assertThat(untrusted(new IOException("refused"))).isFalse();
  }

  @Test
  void a_back_off_doubles_to_its_bound_and_begins_anew_after_a_success() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new AlwaysMost());

    assertThat(List.of(backoff.next(), backoff.next(), backoff.next()))
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    for (int i = 0; i < 100; i++) {
      assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofSeconds(60));
    }
    backoff.reset();
    assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void a_back_off_waits_at_least_as_long_as_asked_but_not_for_ever() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new Random(1));

    assertThat(backoff.next(Duration.ofSeconds(5)))
        .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
    assertThat(backoff.next(Duration.ofDays(9))).isLessThan(Duration.ofMinutes(6));
  }

  @Test
  void text_that_the_server_would_refuse_is_made_fit_for_it() {
    ObjectNode node = Json.object();
    node.put("a\0", "x\ud800y");
    node.putArray("list").add("fine \ud83d\ude00").add(1);

    assertThat(WireText.clean(node).toString())
        .isEqualTo("{\"a\ufffd\":\"x\ufffdy\",\"list\":[\"fine \ud83d\ude00\",1]}");
  }

  private static final class AlwaysMost extends Random {
    private static final long serialVersionUID = 1L;

    @Override
    public long nextLong(long bound) {
      return bound - 1;
    }
  }

  private static @Nullable Duration retryAfter(String value) {
    return ((Reply.Unavailable<String>) answered(503, "unavailable", value)).retryAfter();
  }

  private static boolean untrusted(IOException failure) {
    return ((Reply.Unavailable<String>) Retryable.<String>failed(failure)).untrusted();
  }

  private static Reply<String> answered(int status, String code, @Nullable String retryAfter) {
    return Retryable.answered(status, headers(retryAfter), Json.object().put("code", code), CLOCK);
  }

  private static HttpHeaders headers(@Nullable String retryAfter) {
    return HttpHeaders.of(
        retryAfter == null ? Map.of() : Map.of("Retry-After", List.of(retryAfter)),
        (name, value) -> true);
  }
}
