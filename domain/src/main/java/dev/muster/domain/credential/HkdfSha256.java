package dev.muster.domain.credential;

import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** Keys made from keys: HKDF with HMAC-SHA256 (RFC 5869). */
final class HkdfSha256 {
  private HkdfSha256() {}

  /**
   * Extracts and expands.
   *
   * @param salt may be empty
   * @param info what the key is for; another info gives an unrelated key
   * @param length of the key in bytes
   */
  static byte[] derive(byte[] keyMaterial, byte[] salt, byte[] info, int length) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(
              HKDFParameterSpec.ofExtract()
                  .addIKM(keyMaterial)
                  .addSalt(salt)
                  .thenExpand(info, length));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has HKDF-SHA256", impossible);
    }
  }
}
