package dev.muster.domain.update;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;

/** A publisher with a key of its own. */
record Publishing(KeyPair pair) {
  private static final int RAW_BYTES = 32;

  static Publishing any() {
    try {
      return new Publishing(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  PublisherKey key() {
    byte[] encoded = pair.getPublic().getEncoded();
    byte[] raw = Arrays.copyOfRange(encoded, encoded.length - RAW_BYTES, encoded.length);
    return PublisherKey.parse(HexFormat.of().formatHex(raw));
  }

  String sign(Release release) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(release.publishedText());
      return HexFormat.of().formatHex(signature.sign());
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
