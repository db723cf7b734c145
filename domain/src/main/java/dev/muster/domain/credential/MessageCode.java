package dev.muster.domain.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The code by which whoever shares a key knows that a text is the other's: HMAC-SHA256, in hex. */
public final class MessageCode {
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");

  private MessageCode() {}

  /**
   * The code of a text, 64 lower-case hex digits.
   *
   * @param key 32 bytes in hex
   * @throws IllegalArgumentException where the key is none
   */
  public static String of(Secret key, byte[] text) {
    if (!KEY.matcher(key.reveal()).matches()) {
      throw new IllegalArgumentException("not a key of 64 lower-case hex digits");
    }
    return HexFormat.of().formatHex(HmacSha256.of(HexFormat.of().parseHex(key.reveal()), text));
  }

  /** Whether this is the code of a text; compares in constant time. No code is under no key. */
  public static boolean isOf(Secret key, byte[] text, String code) {
    return KEY.matcher(key.reveal()).matches()
        && MessageDigest.isEqual(
            of(key, text).getBytes(StandardCharsets.US_ASCII),
            code.getBytes(StandardCharsets.UTF_8));
  }
}
