package dev.muster.agent.redaction;

/** Takes bytes; the array is the caller's again afterwards. */
@FunctionalInterface
public interface ByteSink {
  /** Takes a piece. */
  void accept(byte[] bytes, int offset, int length);
}
