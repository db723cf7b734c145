package dev.muster.agent.redaction;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Replaces the known values in a stream. Bytes wait until no pattern that began before them can
 * still end behind them. Positions count from the start of the stream. Not safe for threads.
 */
final class ValueFilter {
  static final String MARK = "[redacted]";

  private static final byte[] MARK_BYTES = MARK.getBytes(US_ASCII);
  private static final int PIECE = 8_192;

  /** From this many bytes on, the beginning of a secret that the end cuts off is redacted too. */
  private static final int LEAST_UNFINISHED = 4;

  private final Supplier<Automaton> latest;
  private final ByteSink out;
  private final Deque<Span> spans = new ArrayDeque<>();
  private Automaton automaton;
  private int state;
  private byte[] waiting = new byte[256];
  private int length;
  private long first;
  private long coveredTo;

  /** From a position up to, not including, another. */
  private record Span(long start, long end) {}

  ValueFilter(Supplier<Automaton> latest, ByteSink out) {
    this.latest = latest;
    this.automaton = latest.get();
    this.out = out;
  }

  void write(byte[] bytes, int offset, int count) {
    takeUpNewSecrets();
    for (int done = 0; done < count; done += PIECE) {
      int piece = Math.min(PIECE, count - done);
      append(bytes, offset + done, piece);
      passOn(first + length - automaton.depth(state));
    }
  }

  void finish() {
    int unfinished = automaton.depth(state);
    if (unfinished >= LEAST_UNFINISHED) {
      cover(first + length - unfinished, first + length);
    }
    end();
  }

  /** The text was whole: what could have become a secret has not become one, and is passed on. */
  void end() {
    passOn(first + length);
    state = 0;
  }

  // The new automaton knows all that the old one knew, so what waits is enough to begin again from.
  private void takeUpNewSecrets() {
    Automaton now = latest.get();
    if (now != automaton) {
      automaton = now;
      state = 0;
      spans.clear();
      for (int i = 0; i < length; i++) {
        advance(waiting[i], first + i);
      }
    }
  }

  private void append(byte[] bytes, int offset, int count) {
    if (length + count > waiting.length) {
      waiting = Arrays.copyOf(waiting, Math.max(waiting.length * 2, length + count));
    }
    System.arraycopy(bytes, offset, waiting, length, count);
    for (int i = 0; i < count; i++) {
      advance(bytes[offset + i], first + length + i);
    }
    length += count;
  }

  private void advance(byte next, long position) {
    state = automaton.step(state, next);
    int match = automaton.match(state);
    if (match > 0) {
      cover(position + 1 - match, position + 1);
    }
  }

  // Matches end in order, so only the last spans can touch a new one.
  private void cover(long start, long end) {
    long from = start;
    while (!spans.isEmpty() && spans.getLast().end() > from) {
      from = Math.min(from, spans.removeLast().start());
    }
    spans.addLast(new Span(from, end));
  }

  private void passOn(long safe) {
    long at = first;
    while (at < safe) {
      extendCovered();
      if (at < coveredTo) {
        at = Math.min(coveredTo, safe);
      } else if (!spans.isEmpty() && spans.getFirst().start() == at) {
        out.accept(MARK_BYTES, 0, MARK_BYTES.length);
        coveredTo = spans.removeFirst().end();
      } else {
        long plainTo = spans.isEmpty() ? safe : Math.min(safe, spans.getFirst().start());
        out.accept(waiting, (int) (at - first), (int) (plainTo - at));
        at = plainTo;
      }
    }
    int passed = (int) (at - first);
    length -= passed;
    System.arraycopy(waiting, passed, waiting, 0, length);
    first = at;
  }

  // A secret that overlaps one already marked belongs to the same mark.
  private void extendCovered() {
    while (!spans.isEmpty() && spans.getFirst().start() < coveredTo) {
      coveredTo = Math.max(coveredTo, spans.removeFirst().end());
    }
  }
}
