package dev.muster.agent.api;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The methods of the server's service, by {@code muster/agent/v1/agent.proto}. */
final class GrpcMethods {
  static final MethodDescriptor<byte[], byte[]> WORK = of("Work", MethodType.BIDI_STREAMING);
  static final MethodDescriptor<byte[], byte[]> HEARTBEAT = of("Heartbeat", MethodType.UNARY);
  static final MethodDescriptor<byte[], byte[]> REPORT = of("Report", MethodType.UNARY);
  static final MethodDescriptor<byte[], byte[]> LOG = of("Log", MethodType.UNARY);

  private static final String SERVICE = "muster.agent.v1.AgentService";

  private GrpcMethods() {}

  /** What is signed beside the message: never the same as of a request. */
  static Map<String, String> signature(
      Signing signing, MethodDescriptor<byte[], byte[]> method, byte[] message) {
    return signing.headers("GRPC", "/" + method.getFullMethodName(), message);
  }

  static Metadata metadata(Map<String, String> headers) {
    Metadata metadata = new Metadata();
    headers.forEach((name, value) -> metadata.put(key(name), value));
    return metadata;
  }

  static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private static MethodDescriptor<byte[], byte[]> of(String name, MethodType type) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
        .setRequestMarshaller(new Bytes())
        .setResponseMarshaller(new Bytes())
        .build();
  }

  /** What is signed are the bytes that are sent. */
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }
}
