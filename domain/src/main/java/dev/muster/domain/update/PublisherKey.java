package dev.muster.domain.update;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The public half of the key with which a publisher signs releases, away from any server: Ed25519
 * (RFC 8032). Whoever pins it takes no release that the publisher did not sign.
 */
public final class PublisherKey {
  private static final Pattern KEY = Pattern.compile("[0-9a-fA-F]{64}");
  private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{128}");

  /** What stands before the 32 bytes in an X.509 SubjectPublicKeyInfo (RFC 8410). */
  private static final String X509_PREFIX = "302a300506032b6570032100";

  private final String hex;
  private final PublicKey key;

  private PublisherKey(String hex, PublicKey key) {
    this.hex = hex;
    this.key = key;
  }

  /**
   * Reads the 32 bytes of a key in hex.
   *
   * @throws IllegalArgumentException where it is none
   */
  public static PublisherKey parse(String hex) {
    if (!KEY.matcher(hex).matches()) {
      throw new IllegalArgumentException("a publisher key is 64 hex digits");
    }
    byte[] encoded = HexFormat.of().parseHex(X509_PREFIX + hex);
    try {
      PublicKey key =
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
      return new PublisherKey(hex.toLowerCase(java.util.Locale.ROOT), key);
    } catch (GeneralSecurityException none) {
      throw new IllegalArgumentException("these 64 hex digits are no point of Ed25519", none);
    }
  }

  /** Whether the publisher signed a release; false for whatever is no signature. */
  public boolean hasSigned(Release release, String signature) {
    if (!SIGNATURE.matcher(signature).matches()) {
      return false;
    }
    try {
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(key);
      check.update(release.publishedText());
      return check.verify(HexFormat.of().parseHex(signature));
    } catch (GeneralSecurityException none) {
      return false;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PublisherKey its && hex.equals(its.hex);
  }

  @Override
  public int hashCode() {
    return hex.hashCode();
  }

  @Override
  public String toString() {
    return hex;
  }
}
