package dev.muster.endtoend;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Every form in which a secret could stand somewhere. */
final class SecretForms {
  private final List<String> forms;

  private SecretForms(List<String> forms) {
    this.forms = forms;
  }

  static SecretForms of(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    List<String> forms = new ArrayList<>();
    forms.add(secret);
    for (int before = 0; before < 3; before++) {
      forms.add(base64(Base64.getEncoder(), bytes, before));
      forms.add(base64(Base64.getUrlEncoder(), bytes, before));
    }
    forms.add(HexFormat.of().formatHex(bytes));
    forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
    String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    forms.add(url);
    forms.add(url.replace("+", "%20"));
    forms.add(lowerEscapes(url));
    String json = ApiClient.JSON.writeValueAsString(secret);
    forms.add(json.substring(1, json.length() - 1));
    return new SecretForms(
        forms.stream().flatMap(form -> Stream.of(form, asRead(form))).distinct().toList());
  }

  /**
   * What stands for the secret alone when {@code before} bytes precede it: without the characters
   * that also depend on the bytes around it.
   */
  private static String base64(Base64.Encoder encoder, byte[] bytes, int before) {
    byte[] shifted = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, shifted, before, bytes.length);
    String encoded = encoder.withoutPadding().encodeToString(shifted);
    int first = (before * 8 + 5) / 6;
    int last = (shifted.length * 8) / 6;
    return encoded.substring(first, last);
  }

  /** Files are read byte by byte, whatever stands in them. */
  private static String asRead(String form) {
    return new String(form.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static String lowerEscapes(String url) {
    StringBuilder lower = new StringBuilder(url);
    for (int at = lower.indexOf("%"); at >= 0; at = lower.indexOf("%", at + 1)) {
      String escape = lower.substring(at, at + 3);
      lower.replace(at, at + 3, escape.toLowerCase(Locale.ROOT));
    }
    return lower.toString();
  }

  /** The first of the forms that stands in a text. */
  Optional<String> in(String text) {
    return forms.stream().filter(text::contains).findFirst();
  }
}
