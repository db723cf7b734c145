package dev.muster.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ports.in.access.Presented;
import dev.muster.wire.caller.Headers;
import dev.muster.wire.caller.Origin;
import dev.muster.wire.caller.PresentedReader;
import dev.muster.wire.caller.RequestIdRandomness;
import dev.muster.wire.json.InvalidFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever stands in a header: it is understood, or refused as the caller's fault. */
class HeaderFuzzTest {
  private static final int INPUTS = 100_000;

  private static final Map<String, List<String>> EXAMPLES =
      Map.of(
          "Authorization",
          List.of(
              "Bearer mst_user_" + "0".repeat(49),
              "Bearer agent_" + "0".repeat(64),
              "bearer x",
              "Basic eDp5",
              "Bearer"),
          "X-API-Key",
          List.of("mst_agent_" + "A".repeat(49), "short"),
          "X-Agent-Secret",
          List.of("mst_agent_" + "A".repeat(49)),
          "X-Agent-Id",
          List.of("01920000-0000-7000-8000-000000000001"),
          "X-Agent-Name",
          List.of("scanner-1"),
          "X-Agent-Instance",
          List.of("01920000-0000-7000-8000-000000000001"),
          "traceparent",
          List.of("00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01"),
          "User-Agent",
          List.of("curl/8.0"),
          "Idempotency-Key",
          List.of("order-1"),
          "X-Request-Id",
          List.of("find-me"));

  private final Random random = new Random(7);

  @Test
  void headers_are_read_or_refused_and_nothing_else() {
    int contradictions = 0;
    for (int input = 0; input < INPUTS; input++) {
      Map<String, List<String>> given = headers();
      Headers headers = name -> given.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());

      if (PresentedReader.read(headers) instanceof Presented.Contradiction) {
        contradictions++;
      }
      Origin origin = Origin.of(headers, "request", "192.0.2.1");
      assertThat(origin.userAgent() == null || origin.userAgent().length() <= 256).isTrue();
      idempotencyKey(headers);
    }
    assertThat(contradictions).isPositive();
  }

  private static void idempotencyKey(Headers headers) {
    try {
      String key = IdempotencyKey.from(headers);
      assertThat(key == null || key.matches("[!-~]{1,255}")).isTrue();
    } catch (InvalidFields fault) {
      assertThat(headers.all(IdempotencyKey.HEADER)).isNotEmpty();
    }
  }

  @Test
  void a_request_id_is_the_callers_where_it_is_harmless_and_else_ours() {
    RequestIdRandomness ids = new RequestIdRandomness();
    int taken = 0;
    for (int input = 0; input < INPUTS; input++) {
      String presented = changed("find-me_1.0");

      String id = ids.takeOrMake(presented);

      assertThat(id).matches("[A-Za-z0-9._-]{1,128}");
      if (id.equals(presented)) {
        taken++;
      }
    }
    assertThat(taken).isPositive().isLessThan(INPUTS);
  }

  @Test
  void a_cursor_is_this_servers_or_refused() {
    String good = "AQ" + "A".repeat(32);
    int understood = 0;
    for (int input = 0; input < INPUTS; input++) {
      String text = changed(good);
      try {
        assertThat(CursorCodec.encode(CursorCodec.decode(text))).isEqualTo(text);
        understood++;
      } catch (IllegalArgumentException fault) {
        assertThat(fault).hasMessage("is not a cursor of this server");
      }
    }
    assertThat(understood).isPositive();
  }

  private Map<String, List<String>> headers() {
    Map<String, List<String>> headers = new TreeMap<>();
    EXAMPLES.forEach((name, values) -> {
      if (random.nextInt(3) == 0) {
        List<String> given = new ArrayList<>();
        for (int lines = 1 + random.nextInt(2); lines > 0; lines--) {
          given.add(changed(values.get(random.nextInt(values.size()))));
        }
        headers.put(name.toLowerCase(Locale.ROOT), given);
      }
    });
    return headers;
  }

  /** As it is, cut, doubled, with other characters in it, or something else altogether. */
  private String changed(String good) {
    StringBuilder text = new StringBuilder(good);
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(6)) {
        case 0 -> text.setLength(at);
        case 1 -> text.insert(at, anything());
        case 2 -> text.append(good);
        case 3 -> text.append(" ".repeat(random.nextInt(3))).append(',');
        case 4 -> text.replace(at, Math.min(at + 1, text.length()), anything());
        default -> text.replace(0, text.length(), anything().repeat(random.nextInt(80)));
      }
    }
    return text.toString();
  }

  private String anything() {
    int codePoint = random.nextInt(3) > 0 ? 0x20 + random.nextInt(0x5f) : random.nextInt(0x11_0000);
    return Character.toString(codePoint);
  }
}
