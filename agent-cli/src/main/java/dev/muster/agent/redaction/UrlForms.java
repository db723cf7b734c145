package dev.muster.agent.redaction;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Percent-encoding. Encoders differ in what they leave alone: RFC 3986, its path form, HTML forms,
 * JavaScript's {@code encodeURIComponent} and {@code encodeURI}, and those that encode everything.
 */
final class UrlForms {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final List<String> LEFT_ALONE =
      List.of(
          "",
          LETTERS,
          LETTERS + "-._~",
          LETTERS + "-._~/",
          LETTERS + "-._*",
          LETTERS + "-_.!~*'()",
          LETTERS + "-_.!~*'();,/?:@&=+$#");

  private UrlForms() {}

  static Set<String> of(byte[] value) {
    Set<String> forms = new LinkedHashSet<>();
    for (String leftAlone : LEFT_ALONE) {
      for (String digits : List.of("0123456789ABCDEF", "0123456789abcdef")) {
        forms.add(encode(value, leftAlone, digits, "%20"));
        forms.add(encode(value, leftAlone, digits, "+"));
      }
    }
    return forms;
  }

  private static String encode(byte[] value, String leftAlone, String digits, String space) {
    StringBuilder text = new StringBuilder(value.length * 3);
    for (byte each : value) {
      int b = each & 0xff;
      if (b == ' ') {
        text.append(space);
      } else if (leftAlone.indexOf(b) >= 0) {
        text.append((char) b);
      } else {
        text.append('%').append(digits.charAt(b >> 4)).append(digits.charAt(b & 15));
      }
    }
    return text.toString();
  }
}
