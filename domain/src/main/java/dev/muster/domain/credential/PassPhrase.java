package dev.muster.domain.credential;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A master key that people can remember or dictate: {@code pbkdf2:<salt in hex>:<phrase>}. The salt
 * is no secret; it stands beside the phrase so that every replica and every restart comes to the
 * same key, and two installations with the same phrase do not.
 */
final class PassPhrase {
  /** So that guessing one phrase takes a good part of a second. */
  static final int ITERATIONS = 600_000;

  private static final String NAME = "pbkdf2";
  private static final int LEAST_CHARACTERS = 20;
  private static final Pattern FORM =
      Pattern.compile(NAME + ":((?:[0-9a-fA-F]{2}){16,64}):(.{" + LEAST_CHARACTERS + ",1024})");

  private PassPhrase() {}

  /** Whether a text is meant to be one, whatever its form. */
  static boolean isMeantBy(String text) {
    return text.startsWith(NAME + ":");
  }

  /**
   * The key of a phrase. Takes about half a second of one core.
   *
   * @throws IllegalArgumentException where the form is wrong; the message repeats nothing of it
   */
  static byte[] keyOf(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "a pass phrase is pbkdf2:<32 or more hex digits of salt>:<%d or more characters>"
              .formatted(LEAST_CHARACTERS));
    }
    byte[] salt = HexFormat.of().parseHex(form.group(1));
    return derive(form.group(2), salt, ITERATIONS, MasterKeys.KEY_BYTES);
  }

  /** PBKDF2 with HMAC-SHA-256 over the phrase in UTF-8. */
  static byte[] derive(String phrase, byte[] salt, int iterations, int bytes) {
    PBEKeySpec spec = new PBEKeySpec(phrase.toCharArray(), salt, iterations, bytes * Byte.SIZE);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has PBKDF2", impossible);
    } finally {
      spec.clearPassword();
    }
  }
}
