package dev.muster.http.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.enrolment.SharedRegistration.Version2;
import dev.muster.wire.caller.Headers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever stands in the headers of a signed registration: it is whole, or as good as unsigned. */
class SignatureHeaderFuzzTest {
  private static final int INPUTS = 100_000;

  private static final Map<String, String> GOOD =
      Map.of(
          "X-Signature", "ab".repeat(32),
          "X-Signature-Key-Id", "0123abcd",
          "X-Signature-Timestamp", "1800000000",
          "X-Signature-Nonce", "abcdefghijklmnopqrstuv",
          "X-Agent-Name", "pod-1",
          "Host", "muster.example.com");

  private static final List<String> NAMES = GOOD.keySet().stream().sorted().toList();

  private final Random random = new Random(11);

  @Test
  void headers_are_whole_or_as_good_as_none() {
    int whole = 0;
    for (int input = 0; input < INPUTS; input++) {
      Map<String, String> given = changed();

      Version2 read = SharedEnrolmentRoutes.version2(headers(given), () -> new byte[0]);

      if (read != null) {
        whole++;
        assertThat(read.timestamp()).isBetween(0L, 9_999_999_999L);
        assertThat(read.text()).as("no value makes a line of its own").hasLineCount(7);
      }
    }
    assertThat(whole).isPositive().isLessThan(INPUTS);
  }

  private static Headers headers(Map<String, String> given) {
    return name -> given.containsKey(name) ? List.of(given.get(name)) : List.of();
  }

  private Map<String, String> changed() {
    Map<String, String> given = new LinkedHashMap<>(GOOD);
    for (int changes = random.nextInt(3); changes > 0; changes--) {
      String name = NAMES.get(random.nextInt(NAMES.size()));
      StringBuilder text = new StringBuilder(given.getOrDefault(name, ""));
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(5)) {
        case 0 -> text.setLength(at);
        case 1 -> text.insert(at, anything());
        case 2 -> text.insert(at, '\n');
        case 3 -> text.append(GOOD.get(name));
        default -> text.replace(at, Math.min(at + 1, text.length()), anything());
      }
      given.put(name, text.toString());
    }
    return given;
  }

  private String anything() {
    int codePoint = random.nextInt(3) > 0 ? 0x20 + random.nextInt(0x5f) : random.nextInt(0x11_0000);
    return Character.toString(codePoint);
  }
}
