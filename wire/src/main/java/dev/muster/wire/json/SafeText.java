package dev.muster.wire.json;

import org.jspecify.annotations.Nullable;

/**
 * Tells which text can be stored and shown.
 *
 * <p>PostgreSQL has no NUL in text, and a lone surrogate has no UTF-8; both would come back as a
 * storage fault instead of an answer.
 */
public final class SafeText {
  private SafeText() {}

  /** What is wrong with a text, or null when nothing is. */
  public static @Nullable String fault(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return "must not contain the NUL character";
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return "must not contain a lone surrogate";
      }
    }
    return null;
  }
}
