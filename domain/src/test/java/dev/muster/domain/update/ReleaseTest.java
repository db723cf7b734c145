package dev.muster.domain.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReleaseTest {
  private static final String HASH = "0123456789abcdef".repeat(4);

  @Test
  void what_the_publisher_signs_is_one_text() {
    assertThat(new Release(7, 5, "1.2.3-rc.1", 25, 1234, HASH).publishedText())
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo("muster-release-v1\n7\n5\n1.2.3-rc.1\n25\n1234\n" + HASH);
  }

  @Test
  void a_field_that_could_be_read_in_two_ways_is_refused() {
    assertThatThrownBy(() -> new Release(0, 0, "1", 25, 1, HASH)).hasMessageContaining("sequence");
    assertThatThrownBy(() -> new Release(7, 8, "1", 25, 1, HASH)).hasMessageContaining("floor");
    assertThatThrownBy(() -> new Release(7, -1, "1", 25, 1, HASH)).hasMessageContaining("floor");
    for (String version : new String[] {"", "1 2", "1\n2", "ü", "1".repeat(65)}) {
      assertThatThrownBy(() -> new Release(7, 5, version, 25, 1, HASH))
          .hasMessageContaining("version");
    }
    assertThatThrownBy(() -> new Release(7, 5, "1", 0, 1, HASH)).hasMessageContaining("Java");
    assertThatThrownBy(() -> new Release(7, 5, "1", 25, 0, HASH)).hasMessageContaining("length");
    assertThatThrownBy(() -> new Release(7, 5, "1", 25, Release.MOST_BYTES + 1, HASH))
        .hasMessageContaining("length");
    assertThatThrownBy(() -> new Release(7, 5, "1", 25, 1, HASH.toUpperCase(java.util.Locale.ROOT)))
        .hasMessageContaining("SHA-256");
  }

  @Test
  void a_publisher_key_is_a_point_in_hex() {
    // RFC 8032, 7.1, test 1.
    String key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    assertThat(PublisherKey.parse(key)).hasToString(key);
    assertThatThrownBy(() -> PublisherKey.parse(key.substring(2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PublisherKey.parse("zz" + key.substring(2)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
