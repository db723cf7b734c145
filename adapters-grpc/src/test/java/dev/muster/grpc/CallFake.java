package dev.muster.grpc;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A stream without a transport: whether the other side reads is for a test to say. */
final class CallFake extends ServerCall<byte[], byte[]> {
  final BlockingQueue<byte[]> sent = new LinkedBlockingQueue<>();
  private volatile int requested;
  private volatile boolean ready = true;

  /** How many messages were asked for so far. */
  int requested() {
    return requested;
  }

  void reads(boolean does) {
    ready = does;
  }

  @Override
  public synchronized void request(int messages) {
    requested += messages;
  }

  @Override
  public void sendHeaders(Metadata headers) {}

  @Override
  public void sendMessage(byte[] message) {
    sent.add(message);
  }

  @Override
  public boolean isReady() {
    return ready;
  }

  @Override
  public void close(Status status, Metadata trailers) {}

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public Attributes getAttributes() {
    return Attributes.newBuilder()
        .set(
            Grpc.TRANSPORT_ATTR_REMOTE_ADDR,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1))
        .build();
  }

  @Override
  public MethodDescriptor<byte[], byte[]> getMethodDescriptor() {
    return AgentMethods.descriptor(
        WorkHandler.NAME, MethodType.BIDI_STREAMING, AgentMethods.USUAL_BYTES);
  }
}
