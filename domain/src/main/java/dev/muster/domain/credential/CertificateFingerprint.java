package dev.muster.domain.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The SHA-256 of a certificate's DER: which certificate it is, and nothing about who vouches for
 * it.
 *
 * @param value 64 lower-case hex digits
 */
public record CertificateFingerprint(String value) {
  /** How many a tenant or an agent may have registered: the present one and the next. */
  public static final int MOST = 2;

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  /** Checks the form. */
  public CertificateFingerprint {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("a fingerprint is 64 lower-case hex digits");
    }
  }

  /** Reads one; empty for whatever has another form. */
  public static Optional<CertificateFingerprint> parse(String text) {
    return FORM.matcher(text).matches()
        ? Optional.of(new CertificateFingerprint(text))
        : Optional.empty();
  }

  /** The fingerprint of a certificate. */
  public static CertificateFingerprint of(byte[] der) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(der);
      return new CertificateFingerprint(HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** Whether it is among those registered, in time that does not depend on where they differ. */
  public boolean isAmong(Collection<String> registered) {
    boolean found = false;
    for (String each : registered) {
      found |= MessageDigest.isEqual(bytes(value), bytes(each));
    }
    return found;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
