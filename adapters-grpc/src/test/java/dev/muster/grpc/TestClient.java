package dev.muster.grpc;

import com.google.protobuf.ByteString;
import dev.muster.protocol.agent.v1.Ask;
import dev.muster.protocol.agent.v1.Call;
import dev.muster.protocol.agent.v1.Granted;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Makes calls as no well-behaved agent would. */
final class TestClient implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  /** As little as there may be, so that what is not read soon stays with the server. */
  private static final int WINDOW_BYTES = 65_535;

  private final ManagedChannel channel;

  TestClient(int port) {
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .usePlaintext()
            .flowControlWindow(WINDOW_BYTES)
            .build();
  }

  /** How a call ended. */
  record End(Status status, Metadata trailers) {
    String problem() {
      byte[] document = trailers.get(ProblemTrailers.PROBLEM);
      return document == null ? "" : new String(document, StandardCharsets.UTF_8);
    }

    String header(String name) {
      return String.valueOf(trailers.get(ProblemTrailers.ascii(name)));
    }
  }

  /** A call that was begun. */
  static final class Open extends ClientCall.Listener<byte[]> {
    final ClientCall<byte[], byte[]> call;
    private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Metadata> headers = new CompletableFuture<>();
    private final CompletableFuture<End> end = new CompletableFuture<>();

    private Open(ClientCall<byte[], byte[]> call) {
      this.call = call;
    }

    @Override
    public void onHeaders(Metadata came) {
      headers.complete(came);
    }

    @Override
    public void onMessage(byte[] message) {
      messages.add(message);
      call.request(1);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      end.complete(new End(status, trailers));
    }

    Open ask(long number, String claim) {
      call.sendMessage(
          Ask.newBuilder()
              .setNumber(number)
              .setClaim(ByteString.copyFromUtf8(claim))
              .build()
              .toByteArray());
      return this;
    }

    byte[] message() throws Exception {
      byte[] message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("no message came, but " + end);
      }
      return message;
    }

    Granted granted() throws Exception {
      return Granted.parseFrom(message());
    }

    /** Waits until the first answer has begun to come. */
    void awaitHeaders() throws Exception {
      headers.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Reads what comes from now on. */
    Open read() {
      call.request(1);
      return this;
    }

    /** Which of the client's connections it is on; known as soon as anything has come back. */
    Object connection() {
      return call.getAttributes().get(Grpc.TRANSPORT_ATTR_LOCAL_ADDR);
    }

    boolean hasEnded() {
      return end.isDone();
    }

    boolean hasMessages() {
      return !messages.isEmpty();
    }

    End end() {
      return end.copy().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
  }

  static byte[] call(String job, String document) {
    return Call.newBuilder()
        .setJobId(job)
        .setDocument(ByteString.copyFromUtf8(document))
        .build()
        .toByteArray();
  }

  Open open(String method, MethodType type, String... headers) {
    return unread(method, type, headers).read();
  }

  /** A call whose answers are not read. */
  Open unread(String method, MethodType type, String... headers) {
    var call =
        channel.newCall(
            AgentMethods.descriptor(method, type, Integer.MAX_VALUE / 2), CallOptions.DEFAULT);
    var open = new Open(call);
    var metadata = new Metadata();
    for (int i = 0; i < headers.length; i += 2) {
      metadata.put(ProblemTrailers.ascii(headers[i].toLowerCase(Locale.ROOT)), headers[i + 1]);
    }
    call.start(open, metadata);
    return open;
  }

  Open work(String token) {
    return open("Work", MethodType.BIDI_STREAMING, "authorization", "Bearer " + token);
  }

  Open unary(String method, byte[] message, String... headers) {
    var open = open(method, MethodType.UNARY, headers);
    open.call.sendMessage(message);
    open.call.halfClose();
    return open;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
