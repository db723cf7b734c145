package dev.muster.agent.redaction;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Base64 (RFC 4648) in both alphabets, wherever the value stands in what was encoded. Encoding goes
 * by three bytes, so a value shows in one of three ways, depending on how many bytes were before
 * it; the characters that it shares with its neighbours vary and are left out.
 */
final class Base64Forms {
  private static final int[] LINE_LENGTHS = {64, 76};

  private Base64Forms() {}

  static Set<String> of(byte[] value) {
    Set<String> forms = new LinkedHashSet<>();
    for (int before = 0; before < 3; before++) {
      addAligned(value, before, forms);
    }
    for (int lineLength : LINE_LENGTHS) {
      for (String end : new String[] {"\n", "\r\n"}) {
        byte[] separator = end.getBytes(US_ASCII);
        forms.add(Base64.getMimeEncoder(lineLength, separator).encodeToString(value));
      }
    }
    return forms;
  }

  private static void addAligned(byte[] value, int before, Set<String> forms) {
    byte[] shifted = new byte[before + value.length];
    System.arraycopy(value, 0, shifted, before, value.length);
    int first = (before * 8 + 5) / 6;
    int end = shifted.length * 8 / 6;
    for (Base64.Encoder encoder :
        new Base64.Encoder[] {Base64.getEncoder(), Base64.getUrlEncoder()}) {
      String padded = new String(encoder.encode(shifted), ISO_8859_1);
      String unpadded = new String(encoder.withoutPadding().encode(shifted), ISO_8859_1);
      // With something behind it, as the last thing, and as the last thing with padding.
      forms.add(padded.substring(first, end));
      forms.add(unpadded.substring(first));
      forms.add(padded.substring(first));
    }
  }
}
