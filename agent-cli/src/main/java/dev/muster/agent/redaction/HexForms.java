package dev.muster.agent.redaction;

import java.util.HexFormat;
import java.util.Set;

/** Hexadecimal in either case. */
final class HexForms {
  private HexForms() {}

  static Set<String> of(byte[] bytes) {
    String lower = HexFormat.of().formatHex(bytes);
    String upper = HexFormat.of().withUpperCase().formatHex(bytes);
    return lower.equals(upper) ? Set.of(lower) : Set.of(lower, upper);
  }
}
