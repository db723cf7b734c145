package dev.muster.demo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** The forms in which a secret may have leaked. */
final class SecretForms {
  private SecretForms() {}

  /** As it is, in hex, and in base64 at each of the three places where it may begin in a group. */
  static List<byte[]> of(String secret) {
    byte[] plain = secret.getBytes(StandardCharsets.US_ASCII);
    List<byte[]> forms = new ArrayList<>();
    forms.add(plain);
    forms.add(HexFormat.of().formatHex(plain).getBytes(StandardCharsets.US_ASCII));
    forms.add(HexFormat.of().withUpperCase().formatHex(plain).getBytes(StandardCharsets.US_ASCII));
    for (int before = 0; before < 3; before++) {
      forms.add(base64Inside(plain, before));
    }
    return forms;
  }

  /** The characters that depend on the secret only, and not on its neighbours. */
  private static byte[] base64Inside(byte[] secret, int before) {
    byte[] shifted = new byte[before + secret.length];
    System.arraycopy(secret, 0, shifted, before, secret.length);
    String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    int begin = (before * 8 + 5) / 6;
    int end = shifted.length * 8 / 6;
    return encoded.substring(begin, end).getBytes(StandardCharsets.US_ASCII);
  }
}
