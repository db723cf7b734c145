package dev.muster.domain.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The key with which shared agents sign their registration: 32 bytes, which people see as 64 hex
 * digits. Both ends make the same text and compare its HMAC-SHA256 (RFC 2104) in lower-case hex.
 */
public final class PlatformKey {
  private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{64}");
  private static final int ID_DIGITS = 8;

  private final byte[] key;

  private PlatformKey(byte[] key) {
    this.key = key;
  }

  /** The key of 64 hex digits; empty for any other text. */
  public static Optional<PlatformKey> parse(Secret hex) {
    return FORM.matcher(hex.reveal()).matches()
        ? Optional.of(new PlatformKey(HexFormat.of().parseHex(hex.reveal())))
        : Optional.empty();
  }

  /** What the key is called in the open: the first eight hex digits of its SHA-256. */
  public String id() {
    return sha256(key).substring(0, ID_DIGITS);
  }

  /** The signature under a text. */
  public Secret sign(String text) {
    byte[] code = HmacSha256.of(key, text.getBytes(StandardCharsets.UTF_8));
    return Secret.of(HexFormat.of().formatHex(code));
  }

  /** The SHA-256 of bytes in lower-case hex, as it stands in what is signed. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  @Override
  public String toString() {
    return "platform key " + id();
  }
}
