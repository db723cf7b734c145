package dev.muster.agent.redaction;

/** One stream of bytes that is redacted as it passes. Safe for use by many threads. */
public final class RedactingStream {
  private final ValueFilter values;

  RedactingStream(ValueFilter values) {
    this.values = values;
  }

  /** Takes a piece, and passes on what can no longer become part of a secret. */
  public synchronized void write(byte[] bytes, int offset, int length) {
    values.write(bytes, offset, length);
  }

  /** Passes on the rest; an unfinished secret at the very end is redacted as well. */
  public synchronized void finish() {
    values.finish();
  }
}
