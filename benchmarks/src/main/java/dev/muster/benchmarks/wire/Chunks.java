package dev.muster.benchmarks.wire;

import java.io.ByteArrayOutputStream;

/** A body that came in chunks. */
final class Chunks {
  private Chunks() {}

  /** The chunks between two places, without what is around them. */
  static byte[] joined(byte[] bytes, int from, int to) {
    var body = new ByteArrayOutputStream(to - from);
    int at = from;
    while (at < to) {
      int size = 0;
      for (; bytes[at] != '\r'; at++) {
        size = size * 16 + Character.digit(bytes[at], 16);
      }
      body.write(bytes, at + 2, size);
      at += 2 + size + 2;
    }
    return body.toByteArray();
  }
}
