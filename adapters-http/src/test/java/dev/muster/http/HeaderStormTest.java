package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.credential.Secret;
import dev.muster.http.Wire.Reply;
import dev.muster.wire.caller.Proxies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Odd headers through the whole server: there is always an answer, and it is never a 5xx. */
class HeaderStormTest {
  private static final int INPUTS = 4_000;
  private static final String PROXY_SECRET = "the secret of the proxy";
  private static final String ID = "01920000-0000-7000-8000-000000000001";
  private static final String KEY = "mst_agent_" + "A".repeat(49);

  /** What stands there when nothing is wrong with it. */
  private static final Map<String, String> GOOD =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("Authorization", "Bearer " + TestServer.TOKEN),
              Map.entry("X-API-Key", KEY),
              Map.entry("X-Agent-Id", ID),
              Map.entry("X-Agent-Secret", KEY),
              Map.entry("X-Agent-Name", "scanner-1"),
              Map.entry("X-Agent-Instance", ID),
              Map.entry("X-Act-As-Agent", ID),
              Map.entry("X-Signature", "ab".repeat(32)),
              Map.entry("X-Signature-Nonce", "abcdefghijklmnopqrstuv"),
              Map.entry("X-Signature-Timestamp", "1800000000"),
              Map.entry("X-Signature-Key-Id", "0123abcd"),
              Map.entry("X-Proxy-Secret", PROXY_SECRET),
              Map.entry("X-Client-Cert", "-----BEGIN%20CERTIFICATE-----%0AYWJj%0A-----END%20"),
              Map.entry("Client-Cert", ":YWJj:"),
              Map.entry("X-Client-Cert-Fingerprint", "0f".repeat(32)),
              Map.entry("X-Forwarded-For", "203.0.113.9, [2001:db8::1]:80"),
              Map.entry("X-Request-Id", "find-me"),
              Map.entry("Idempotency-Key", "order-1"),
              Map.entry("traceparent", "00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01"),
              Map.entry("User-Agent", "curl/8.0")));

  private final Random random = new Random(17);

  @AutoClose
  private final TestServer server =
      new TestServer(
          new HttpSettings(
              "127.0.0.1",
              0,
              new Proxies(1, address -> true, Optional.of(Secret.of(PROXY_SECRET))),
              new HttpSettings.Limits(
                  1_000,
                  Duration.ofSeconds(30),
                  Duration.ofSeconds(30),
                  Duration.ofSeconds(30),
                  Duration.ofSeconds(30))));

  private final Wire wire = new Wire(server.port());

  @Test
  void whatever_stands_in_headers_there_is_an_answer_and_it_is_the_callers_fault() {
    Map<Integer, Integer> statuses = new TreeMap<>();
    for (int input = 0; input < INPUTS; input++) {
      List<String> headers = headers();

      Reply reply = sent(input, headers);

      assertThat(reply.status()).as("%s %s", reply.text(), headers).isBetween(200, 499);
      assertThat(reply.header("X-Request-Id").orElse("")).matches("[A-Za-z0-9._-]{1,128}");
      if (reply.status() >= 400) {
        assertThat(reply.header("Content-Type")).contains("application/problem+json");
        assertThat(reply.code()).isNotEmpty();
      }
      statuses.merge(reply.status(), 1, Integer::sum);
    }
    assertThat(statuses).as("it got through, and was refused").containsKeys(200, 201, 400, 401);
    assertThat(server.gate.signed).as("signatures were read").isNotEmpty();
    assertThat(server.gate.certificates).as("certificates were read").anyMatch(Optional::isPresent);
  }

  private Reply sent(int input, List<String> headers) {
    return switch (input % 4) {
      case 0 -> wire.request("GET", "/api/v1/things?limit=5", null, headers);
      case 1 -> wire.request("POST", "/api/v1/things", "{\"name\": \"x\"}", headers);
      case 2 -> wire.request("GET", "/origin", null, headers);
      default -> wire.request("GET", "/api/v1/things/" + ID, null, headers);
    };
  }

  /** Some of them, most of these as they should be, now and then twice. */
  private List<String> headers() {
    List<String> headers = new ArrayList<>();
    GOOD.forEach((name, value) -> {
      boolean isUsual = name.equals("Authorization") && random.nextInt(3) > 0;
      if (isUsual || random.nextInt(4) == 0) {
        for (int lines = random.nextInt(8) == 0 ? 2 : 1; lines > 0; lines--) {
          headers.add(name + ": " + (random.nextInt(3) == 0 ? changed(value) : value));
        }
      }
    });
    return headers;
  }

  /** Without line feeds: with one it would be another header. */
  private String changed(String good) {
    StringBuilder text = new StringBuilder(good);
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(6)) {
        case 0 -> text.setLength(at);
        case 1 -> text.insert(at, anything());
        case 2 -> text.append(good);
        case 3 -> text.append(" ,;%:=\t".charAt(random.nextInt(7)));
        case 4 -> text.replace(at, Math.min(at + 1, text.length()), anything());
        default -> text.replace(0, text.length(), anything().repeat(random.nextInt(300)));
      }
    }
    return text.toString();
  }

  /** Printable most often; of all other bytes those that do not end a line. */
  private String anything() {
    int one = random.nextInt(4) > 0 ? 0x20 + random.nextInt(0x5f) : random.nextInt(0x100);
    return one == '\r' || one == '\n' ? "" : Character.toString(one);
  }
}
