package dev.muster.domain.credential;

import dev.muster.domain.tenancy.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Seals what Muster must be able to read again: {@code 0x02 | key id u32 | nonce[12] | ciphertext |
 * tag[16]}, AES-256-GCM under a key that is the tenant's own, derived from a master key, with what
 * the value belongs to as additional data. Thread-safe.
 */
public final class SealedValues {
  /** How many random bytes one seal takes. */
  public static final int NONCE_BYTES = AesGcm.NONCE_BYTES;

  private static final byte FORMAT = 2;
  private static final int HEADER_BYTES = 1 + Integer.BYTES;
  private static final byte[] SALT = "muster".getBytes(StandardCharsets.US_ASCII);
  private static final String PURPOSE = "sealed value, format 2";

  private final MasterKeys keys;

  /** Seals under the current one of {@code keys}, opens under all of them. */
  public SealedValues(MasterKeys keys) {
    this.keys = keys;
  }

  /**
   * Seals a value.
   *
   * @param nonce {@value #NONCE_BYTES} bytes from a cryptographic source, never used before: one
   *     that comes twice for a tenant gives both values away
   */
  public byte[] seal(Belonging belonging, byte[] value, byte[] nonce) {
    if (nonce.length != NONCE_BYTES) {
      throw new IllegalArgumentException("a nonce has " + NONCE_BYTES + " bytes");
    }
    byte[] key = keyOf(belonging.tenant(), keys.currentId()).orElseThrow();
    byte[] sealed = AesGcm.seal(key, nonce, belonging.toBytes(), value);
    return ByteBuffer.allocate(HEADER_BYTES + NONCE_BYTES + sealed.length)
        .put(FORMAT)
        .putInt((int) keys.currentId())
        .put(nonce)
        .put(sealed)
        .array();
  }

  /** The value, or empty where anything does not fit; what it was is not said. */
  public Optional<byte[]> open(Belonging belonging, byte[] sealed) {
    if (!hasForm(sealed)) {
      return Optional.empty();
    }
    int textStart = HEADER_BYTES + NONCE_BYTES;
    byte[] nonce = Arrays.copyOfRange(sealed, HEADER_BYTES, textStart);
    byte[] text = Arrays.copyOfRange(sealed, textStart, sealed.length);
    return keyOf(belonging.tenant(), keyIdOf(sealed))
        .flatMap(key -> AesGcm.open(key, nonce, belonging.toBytes(), text));
  }

  /**
   * The same value under the current master key; empty where it does not open.
   *
   * @param nonce as for {@link #seal}
   */
  public Optional<byte[]> resealed(Belonging belonging, byte[] sealed, byte[] nonce) {
    return open(belonging, sealed).map(value -> seal(belonging, value, nonce));
  }

  private static boolean hasForm(byte[] sealed) {
    return sealed.length >= HEADER_BYTES + NONCE_BYTES + AesGcm.TAG_BYTES && sealed[0] == FORMAT;
  }

  private static long keyIdOf(byte[] sealed) {
    return Integer.toUnsignedLong(ByteBuffer.wrap(sealed, 1, Integer.BYTES).getInt());
  }

  private Optional<byte[]> keyOf(TenantId tenant, long masterKeyId) {
    byte[] info = new LengthPrefixed().add(PURPOSE).add(tenant.value()).toBytes();
    return keys.derive(masterKeyId, SALT, info);
  }
}
