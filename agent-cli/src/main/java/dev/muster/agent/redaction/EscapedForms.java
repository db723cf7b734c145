package dev.muster.agent.redaction;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The value inside a JSON string, and inside XML. JSON encoders differ in whether they escape
 * {@code /}, what XML would mistake for its own, and what is not ASCII, and in the case of digits.
 */
final class EscapedForms {
  private static final List<String> ESCAPED_TOO = List.of("", "/", "<>&'", "/<>&'=");

  private EscapedForms() {}

  static Set<String> of(String value) {
    Set<String> forms = new LinkedHashSet<>();
    for (String too : ESCAPED_TOO) {
      for (boolean asciiOnly : new boolean[] {false, true}) {
        forms.add(bytes(json(value, too, asciiOnly, "%04x")));
        forms.add(bytes(json(value, too, asciiOnly, "%04X")));
      }
    }
    String xml = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    forms.add(bytes(xml));
    forms.add(bytes(xml.replace("\"", "&quot;")));
    forms.add(bytes(xml.replace("\"", "&quot;").replace("'", "&apos;")));
    forms.add(bytes(xml.replace("\"", "&#34;").replace("'", "&#39;")));
    forms.add(bytes(xml.replace("\"", "&quot;").replace("'", "&#39;")));
    return forms;
  }

  private static String json(String value, String too, boolean asciiOnly, String digits) {
    StringBuilder text = new StringBuilder(value.length() + 16);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      int known = "\"\\\n\r\t\b\f".indexOf(c);
      if (known >= 0) {
        text.append('\\').append("\"\\nrtbf".charAt(known));
      } else if (c == '/' && too.indexOf(c) >= 0) {
        text.append("\\/");
      } else if (c < ' ' || too.indexOf(c) >= 0 || asciiOnly && c > '~') {
        text.append("\\u").append(digits.formatted((int) c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static String bytes(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }
}
