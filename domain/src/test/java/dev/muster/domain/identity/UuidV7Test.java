package dev.muster.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class UuidV7Test {
  @Test
  void it_gives_the_example_of_rfc_9562() {
    byte[] random = HexFormat.of().parseHex("0cc318c4dc0c0c07398f");

    assertThat(UuidV7.of(Instant.parse("2022-02-22T19:22:22Z"), random))
        .isEqualTo(UUID.fromString("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"));
  }

  @Property
  void it_has_version_seven_and_the_rfcs_variant(
      @ForAll @LongRange(min = 0, max = (1L << 48) - 1) long millis,
      @ForAll @Size(UuidV7.RANDOM_BYTES) byte[] random) {
    UUID id = UuidV7.of(Instant.ofEpochMilli(millis), random);

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(millis);
  }

  @Property
  void a_later_millisecond_sorts_behind(
      @ForAll @LongRange(min = 0, max = (1L << 47)) long millis,
      @ForAll @Size(UuidV7.RANDOM_BYTES) byte[] first,
      @ForAll @Size(UuidV7.RANDOM_BYTES) byte[] second) {
    UUID earlier = UuidV7.of(Instant.ofEpochMilli(millis), first);
    UUID later = UuidV7.of(Instant.ofEpochMilli(millis + 1), second);

    assertThat(earlier.toString()).isLessThan(later.toString());
  }

  @Test
  void it_takes_exactly_ten_random_bytes() {
    assertThatThrownBy(() -> UuidV7.of(Instant.EPOCH, new byte[9]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
