package dev.muster.benchmarks.wire;

import dev.muster.outside.UnexpectedException;
import java.nio.charset.StandardCharsets;

/** An answer: its status, and its body as the bytes from {@code from} to before {@code to}. */
public record Answer(int status, byte[] bytes, int from, int to) {
  private static final int SHOWN = 400;

  /** Itself, where the status says that the request was fulfilled. */
  public Answer orFail() {
    if (status >= 300) {
      throw new UnexpectedException("answered %d: %s".formatted(status, beginning()));
    }
    return this;
  }

  /** The body. */
  public String text() {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private String beginning() {
    return new String(bytes, from, Math.min(SHOWN, to - from), StandardCharsets.UTF_8);
  }
}
