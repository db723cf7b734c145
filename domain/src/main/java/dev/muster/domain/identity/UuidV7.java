package dev.muster.domain.identity;

import java.time.Instant;
import java.util.UUID;

/** Makes UUIDs of version 7 (RFC 9562, section 5.7) from a time and random bytes. */
public final class UuidV7 {
  /** How many random bytes one id takes. */
  public static final int RANDOM_BYTES = 10;

  private UuidV7() {}

  /**
   * The id for a moment.
   *
   * @param at its milliseconds since 1970 become the first 48 bits
   * @param random exactly {@value #RANDOM_BYTES} bytes, of which 74 bits are used
   */
  public static UUID of(Instant at, byte[] random) {
    if (random.length != RANDOM_BYTES) {
      throw new IllegalArgumentException("a UUIDv7 takes " + RANDOM_BYTES + " random bytes");
    }
    long randomA = ((random[0] & 0x0fL) << 8) | (random[1] & 0xffL);
    long high = (at.toEpochMilli() << 16) | 0x7000L | randomA;
    long low = 0;
    for (int i = 2; i < RANDOM_BYTES; i++) {
      low = (low << 8) | (random[i] & 0xffL);
    }
    return new UUID(high, (low & 0x3fffffffffffffffL) | 0x8000000000000000L);
  }
}
