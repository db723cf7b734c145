package dev.muster.wire.json;

/** Builds JSON pointers (RFC 6901). */
final class Pointers {
  /** Keys come from strangers, and an answer that repeats a megabyte of key helps nobody. */
  private static final int SHOWN_KEY_LENGTH = 100;

  private Pointers() {}

  static String key(String parent, String key) {
    var shown = key.length() <= SHOWN_KEY_LENGTH ? key : key.substring(0, SHOWN_KEY_LENGTH) + "…";
    return parent + "/" + printable(shown).replace("~", "~0").replace("/", "~1");
  }

  static String index(String parent, int index) {
    return parent + "/" + index;
  }

  /** A key is shown even when it is what is refused, but not its control or broken characters. */
  private static String printable(String key) {
    var out = new StringBuilder(key.length());
    key.codePoints()
        .map(c -> Character.isISOControl(c) || isSurrogate(c) ? '\uFFFD' : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
