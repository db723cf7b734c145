package dev.muster.domain.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.domain.tenancy.TenantId;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SealedValuesTest {
  private static final String OLD = "1:" + "11".repeat(32);
  private static final String NEW = "4294967295:" + "22".repeat(32);
  private static final byte[] NONCE = HexFormat.of().parseHex("000102030405060708090a0b");
  private static final TenantId TENANT = new TenantId(new UUID(1, 2));
  private static final Belonging BELONGING = new Belonging("key", TENANT, "owner", "row", 1);

  private final SealedValues values = with(OLD);

  @Property
  void what_was_sealed_opens(@ForAll byte[] value, @ForAll @Size(12) byte[] nonce) {
    byte[] sealed = with(OLD).seal(BELONGING, value, nonce);

    assertThat(with(OLD).open(BELONGING, sealed))
        .hasValueSatisfying(opened -> assertThat(opened).isEqualTo(value));
  }

  @Test
  void a_sealed_value_is_format_key_id_nonce_ciphertext_and_tag() {
    byte[] sealed = with(NEW).seal(BELONGING, new byte[5], NONCE);

    assertThat(sealed).hasSize(1 + 4 + 12 + 5 + 16);
    assertThat(HexFormat.of().formatHex(sealed)).startsWith("02ffffffff000102030405060708090a0b");
  }

  @Property
  void a_flipped_bit_anywhere_opens_nothing(
      @ForAll @IntRange(max = (1 + 4 + 12 + 5 + 16) * 8 - 1) int bit) {
    byte[] sealed = with(OLD + "," + NEW).seal(BELONGING, new byte[] {1, 2, 3, 4, 5}, NONCE);
    sealed[bit / 8] ^= (byte) (1 << (bit % 8));

    assertThat(with(OLD + "," + NEW).open(BELONGING, sealed)).isEmpty();
  }

  @Property
  void what_was_never_sealed_opens_nothing_and_throws_nothing(@ForAll byte[] garbage) {
    assertThat(with(OLD).open(BELONGING, garbage)).isEmpty();
    byte[] withHeader = HexFormat.of().parseHex("0200000001");
    byte[] longer = Arrays.copyOf(withHeader, withHeader.length + garbage.length);
    System.arraycopy(garbage, 0, longer, withHeader.length, garbage.length);
    assertThat(with(OLD).open(BELONGING, longer)).isEmpty();
  }

  @Test
  void a_value_that_was_cut_short_opens_nothing() {
    byte[] sealed = values.seal(BELONGING, new byte[5], NONCE);

    for (int length = 0; length < sealed.length; length++) {
      assertThat(values.open(BELONGING, Arrays.copyOf(sealed, length))).isEmpty();
    }
  }

  @Test
  void a_ciphertext_that_was_moved_elsewhere_does_not_open() {
    byte[] sealed = values.seal(BELONGING, new byte[5], NONCE);

    for (Belonging elsewhere :
        List.of(
            new Belonging("other", TENANT, "owner", "row", 1),
            new Belonging("key", TenantId.SYSTEM, "owner", "row", 1),
            new Belonging("key", TENANT, "other", "row", 1),
            new Belonging("key", TENANT, "owner", "other", 1),
            new Belonging("key", TENANT, "owner", "row", 2),
            new Belonging("key", TENANT, "ownerr", "ow", 1))) {
      assertThat(values.open(elsewhere, sealed)).as(elsewhere.toString()).isEmpty();
    }
  }

  @Test
  void each_tenant_has_a_key_of_its_own() {
    Belonging other = new Belonging("key", TenantId.SYSTEM, "owner", "row", 1);

    // The tag differs through the additional data anyway; the ciphertext only through the key.
    assertThat(Arrays.copyOfRange(values.seal(BELONGING, new byte[16], NONCE), 17, 33))
        .isNotEqualTo(Arrays.copyOfRange(values.seal(other, new byte[16], NONCE), 17, 33));
  }

  @Test
  void what_an_older_key_sealed_is_sealed_anew_under_the_current_one() {
    byte[] sealed = with(OLD).seal(BELONGING, new byte[5], NONCE);

    byte[] anew = with(NEW + "," + OLD).resealed(BELONGING, sealed, NONCE).orElseThrow();

    assertThat(with(NEW).open(BELONGING, anew)).hasValue(new byte[5]);
    assertThat(with(NEW).resealed(BELONGING, sealed, NONCE)).isEmpty();
  }

  @Test
  void a_key_that_is_no_longer_live_opens_nothing() {
    assertThat(with(NEW).open(BELONGING, with(OLD).seal(BELONGING, new byte[5], NONCE))).isEmpty();
  }

  @Test
  void a_nonce_of_another_length_is_a_bug() {
    assertThatThrownBy(() -> values.seal(BELONGING, new byte[5], new byte[16]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static SealedValues with(String masterKeys) {
    return new SealedValues(MasterKeys.parse(Secret.of(masterKeys)));
  }
}
