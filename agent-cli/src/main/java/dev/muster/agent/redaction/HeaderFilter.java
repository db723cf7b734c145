package dev.muster.agent.redaction;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Replaces the values of authentication headers in running text: after the name and a colon,
 * everything to the end of the line, or to the closing quote if the value is quoted. Rather too
 * much than too little. Holds nothing back. Not safe for threads.
 */
final class HeaderFilter implements ByteSink {
  private static final Automaton NAMES = Automaton.of(AuthenticationHeaders.NAMES);
  private static final byte[] MARK = ValueFilter.MARK.getBytes(US_ASCII);

  private final ByteSink out;
  private Place place = Place.TEXT;
  private int name;
  private byte quote;

  private enum Place {
    TEXT,
    BEHIND_NAME,
    BEFORE_VALUE,
    LINE,
    QUOTED,
    QUOTED_ESCAPE
  }

  HeaderFilter(ByteSink out) {
    this.out = out;
  }

  @Override
  public void accept(byte[] bytes, int offset, int length) {
    int from = offset;
    for (int i = offset; i < offset + length; i++) {
      boolean hidden = isHidden();
      boolean marks = advance(bytes[i]);
      if (marks) {
        out.accept(bytes, from, i - from);
        out.accept(MARK, 0, MARK.length);
      }
      if (marks || hidden) {
        from = isHidden() ? i + 1 : i;
      }
    }
    out.accept(bytes, from, offset + length - from);
  }

  private boolean isHidden() {
    return switch (place) {
      case LINE, QUOTED, QUOTED_ESCAPE -> true;
      case TEXT, BEHIND_NAME, BEFORE_VALUE -> false;
    };
  }

  /** Takes one byte; true if a hidden value begins with it. */
  private boolean advance(byte next) {
    boolean lineEnds = next == '\n' || next == '\r';
    switch (place) {
      case TEXT -> readName(next);
      case BEHIND_NAME -> {
        if (next == ':') {
          place = Place.BEFORE_VALUE;
          quote = 0;
        } else if ("\"'\\ \t".indexOf(next) < 0) {
          place = Place.TEXT;
          readName(next);
        }
      }
      case BEFORE_VALUE -> {
        return beginValue(next, lineEnds);
      }
      case LINE -> place = lineEnds ? endValue() : Place.LINE;
      case QUOTED ->
          place = next == quote ? endValue() : next == '\\' ? Place.QUOTED_ESCAPE : place;
      case QUOTED_ESCAPE -> place = Place.QUOTED;
    }
    return false;
  }

  private boolean beginValue(byte next, boolean lineEnds) {
    if (lineEnds) {
      place = endValue();
    } else if (quote != 0) {
      place = next == quote ? endValue() : next == '\\' ? Place.QUOTED_ESCAPE : Place.QUOTED;
      return place != Place.TEXT;
    } else if (next == '"' || next == '\'') {
      quote = next;
    } else if (next != ' ' && next != '\t') {
      place = Place.LINE;
      return true;
    }
    return false;
  }

  private Place endValue() {
    name = 0;
    quote = 0;
    return Place.TEXT;
  }

  private void readName(byte next) {
    name = NAMES.step(name, next >= 'A' && next <= 'Z' ? (byte) (next + 32) : next);
    if (NAMES.match(name) > 0) {
      place = Place.BEHIND_NAME;
    }
  }
}
