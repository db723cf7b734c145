package dev.muster.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class JsonTest {
  @Test
  void a_time_has_six_decimals_and_a_z() {
    assertThat(Json.time(Instant.parse("2026-01-31T12:00:00Z")))
        .isEqualTo("2026-01-31T12:00:00.000000Z");
    assertThat(Json.time(null)).isNull();
  }

  /** Each of the values would cost ten kilobytes if its place were put into words. */
  @Test
  void a_deep_place_costs_its_values_nothing() {
    var key = "{\"" + "k".repeat(100) + "\":";
    var deep = key.repeat(98) + "[" + "0,".repeat(100_000) + "0]" + "}".repeat(98);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();

    parse(deep);

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100L << 20);
  }

  @Test
  void numbers_come_back_as_they_were() {
    var text = "[0,-0,1.0,1.10,1E+300,123456789012345678901234567890,9223372036854775807]";

    assertThat(Json.write(parse(text)))
        .isEqualTo("[0,0,1.0,1.10,1E+300,123456789012345678901234567890,9223372036854775807]");
  }

  @Test
  void the_canonical_form_does_not_depend_on_the_order_of_keys() {
    assertThat(Json.canonical(parse("{\"b\":[{\"d\":1,\"c\":2}],\"a\":null}")))
        .isEqualTo(Json.canonical(parse("{ \"a\":null,\"b\":[{\"c\":2,\"d\":1}] }")));
    assertThat(Json.canonical(parse("[1,2]"))).isNotEqualTo(Json.canonical(parse("[2,1]")));
  }

  private static JsonNode parse(String text) {
    return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
