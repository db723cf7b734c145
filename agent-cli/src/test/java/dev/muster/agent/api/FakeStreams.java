package dev.muster.agent.api;

import com.google.protobuf.ByteString;
import dev.muster.domain.credential.Secret;
import dev.muster.protocol.agent.v1.Ask;
import dev.muster.protocol.agent.v1.Document;
import dev.muster.protocol.agent.v1.Granted;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCredentials;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.okhttp.OkHttpServerBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** A server that speaks gRPC, and says what a test has it say. */
final class FakeStreams implements AutoCloseable {
  static final Credential CREDENTIAL = new Credential(Secret.of("the-key"), new UUID(7, 7));

  /** Every message that came, of whichever call. */
  final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

  private final BlockingQueue<ServerCall<?, ?>> cancelled = new LinkedBlockingQueue<>();
  private final Server server;
  private volatile BiConsumer<ServerCall<byte[], byte[]>, byte[]> answering = (call, message) -> {};

  /** A message and the metadata of its call. */
  record Heard(ServerCall<byte[], byte[]> call, Metadata metadata, byte[] message) {
    String header(String name) {
      return String.valueOf(metadata.get(GrpcMethods.key(name)));
    }

    /** The other end of its connection. */
    Object peer() {
      return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    }

    Ask ask() throws IOException {
      return Ask.parseFrom(message);
    }
  }

  FakeStreams() throws IOException {
    this(0);
  }

  FakeStreams(int port) throws IOException {
    this(port, InsecureServerCredentials.create());
  }

  FakeStreams(ServerCredentials credentials) throws IOException {
    this(0, credentials);
  }

  private FakeStreams(int port, ServerCredentials credentials) throws IOException {
    ServerServiceDefinition.Builder service =
        ServerServiceDefinition.builder("muster.agent.v1.AgentService");
    for (var method :
        new io.grpc.MethodDescriptor<?, ?>[] {
          GrpcMethods.WORK, GrpcMethods.HEARTBEAT, GrpcMethods.REPORT, GrpcMethods.LOG
        }) {
      @SuppressWarnings("unchecked")
      var of = (io.grpc.MethodDescriptor<byte[], byte[]>) method;
      service.addMethod(of, this::begun);
    }
    server =
        OkHttpServerBuilder.forPort(port, credentials).addService(service.build()).build().start();
  }

  int port() {
    return server.getPort();
  }

  /** What is done with each message from now on. */
  void answer(BiConsumer<ServerCall<byte[], byte[]>, byte[]> how) {
    answering = how;
  }

  /** The next message. */
  Heard next() throws InterruptedException {
    return next(heard);
  }

  /** The next call that the agent has given up. */
  ServerCall<?, ?> nextCancelled() throws InterruptedException {
    return next(cancelled);
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing came");
    }
    return next;
  }

  static void document(ServerCall<byte[], byte[]> call, String json) {
    bytes(call, Document.newBuilder().setJson(ByteString.copyFromUtf8(json)).build().toByteArray());
  }

  static void bytes(ServerCall<byte[], byte[]> call, byte[] message) {
    call.sendHeaders(new Metadata());
    call.sendMessage(message);
    call.close(Status.OK, new Metadata());
  }

  static void granted(Heard question, String json) throws IOException {
    question
        .call()
        .sendMessage(
            Granted.newBuilder()
                .setNumber(question.ask().getNumber())
                .setClaimed(ByteString.copyFromUtf8(json))
                .build()
                .toByteArray());
  }

  static void refuse(
      ServerCall<byte[], byte[]> call, Status status, int http, String code, String... headers) {
    call.close(status, trailers(http, code, headers));
  }

  static Metadata trailers(int http, String code, String... headers) {
    Metadata trailers = new Metadata();
    trailers.put(
        Metadata.Key.of("muster-problem-bin", Metadata.BINARY_BYTE_MARSHALLER),
        "{\"status\": %d, \"code\": \"%s\", \"detail\": \"because\"}"
            .formatted(http, code)
            .getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < headers.length; i += 2) {
      trailers.put(GrpcMethods.key(headers[i]), headers[i + 1]);
    }
    return trailers;
  }

  private ServerCall.Listener<byte[]> begun(ServerCall<byte[], byte[]> call, Metadata metadata) {
    call.request(1);
    if (call.getMethodDescriptor().getType()
        == io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING) {
      call.sendHeaders(new Metadata());
    }
    return new ServerCall.Listener<>() {
      @Override
      public void onMessage(byte[] message) {
        heard.add(new Heard(call, metadata, message));
        call.request(1);
        answering.accept(call, message);
      }

      @Override
      public void onCancel() {
        cancelled.add(call);
      }
    };
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
