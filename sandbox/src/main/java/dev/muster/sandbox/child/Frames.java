package dev.muster.sandbox.child;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Messages on a pipe: four bytes of length, most significant first, then so many bytes. */
public final class Frames {
  private Frames() {}

  /**
   * Reads one; empty where the pipe has ended between two.
   *
   * @param limit the most bytes that one may have
   * @throws ProtocolException if it is longer, empty, or not whole
   */
  public static Optional<byte[]> read(InputStream in, int limit) throws IOException {
    int first = in.read();
    if (first < 0) {
      return Optional.empty();
    }
    try {
      byte[] rest = new byte[3];
      new DataInputStream(in).readFully(rest);
      int length = ByteBuffer.allocate(4).put((byte) first).put(rest).getInt(0);
      if (length <= 0 || length > limit) {
        throw new ProtocolException("a message of " + length + " bytes");
      }
      // Grows with what comes, so that a length alone occupies nothing.
      byte[] message = in.readNBytes(length);
      if (message.length < length) {
        throw new EOFException();
      }
      return Optional.of(message);
    } catch (EOFException e) {
      throw new ProtocolException("half a message");
    }
  }

  /** Writes one, whole. */
  public static void write(OutputStream out, byte[] message) throws IOException {
    out.write(ByteBuffer.allocate(4 + message.length).putInt(message.length).put(message).array());
    out.flush();
  }
}
