package dev.muster.domain.credential;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Fields written one after another, each behind its length in four bytes, so that no two different
 * lists of fields give the same bytes.
 */
final class LengthPrefixed {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  LengthPrefixed add(byte[] field) {
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
    bytes.writeBytes(field);
    return this;
  }

  LengthPrefixed add(String field) {
    return add(field.getBytes(StandardCharsets.UTF_8));
  }

  LengthPrefixed add(long field) {
    return add(ByteBuffer.allocate(Long.BYTES).putLong(field).array());
  }

  LengthPrefixed add(UUID field) {
    return add(
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(field.getMostSignificantBits())
            .putLong(field.getLeastSignificantBits())
            .array());
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
