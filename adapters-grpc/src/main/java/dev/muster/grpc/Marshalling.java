package dev.muster.grpc;

import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Passes messages on as the bytes that came: what is signed has to be checked before anybody makes
 * anything of it.
 *
 * @param most of a longer message one byte more is kept, by which it shows
 */
record Marshalling(int most) implements MethodDescriptor.Marshaller<byte[]> {
  @Override
  public InputStream stream(byte[] message) {
    return new ByteArrayInputStream(message);
  }

  @Override
  public byte[] parse(InputStream stream) {
    try {
      return stream.readNBytes(most + 1);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
