package dev.muster.ports.in.update;

/** Takes bytes as they come. */
@FunctionalInterface
public interface Chunks {
  /**
   * The next bytes.
   *
   * @param length how many of them, from the first; they are overwritten afterwards
   */
  void next(byte[] bytes, int length);
}
