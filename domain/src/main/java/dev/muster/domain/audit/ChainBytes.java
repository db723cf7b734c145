package dev.muster.domain.audit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is hashed or signed, as bytes that can be read in one way only: numbers and ids have their
 * size, text stands behind its length in four bytes, and what is absent has the length -1.
 */
final class ChainBytes {
  private static final int ABSENT = -1;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

  /**
   * Begins.
   *
   * @param purpose what the bytes are for, so that those of one use are never those of another
   */
  ChainBytes(String purpose) {
    bytes.writeBytes(purpose.getBytes(StandardCharsets.US_ASCII));
    bytes.write(0);
    bytes.write(1);
  }

  ChainBytes add(UUID id) {
    return add(id.getMostSignificantBits()).add(id.getLeastSignificantBits());
  }

  ChainBytes add(long number) {
    bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    return this;
  }

  /** To the microsecond, as a database keeps it. */
  ChainBytes add(Instant moment) {
    return add(ChronoUnit.MICROS.between(Instant.EPOCH, moment));
  }

  ChainBytes add(ChainHash hash) {
    bytes.writeBytes(hash.bytes());
    return this;
  }

  ChainBytes addField(@Nullable String text) {
    if (text == null) {
      return length(ABSENT);
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    length(utf8.length);
    bytes.writeBytes(utf8);
    return this;
  }

  private ChainBytes length(int length) {
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    return this;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
