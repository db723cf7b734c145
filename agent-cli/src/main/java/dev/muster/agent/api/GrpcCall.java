package dev.muster.agent.api;

import dev.muster.agent.api.GrpcReply.End;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A call that is answered once. */
final class GrpcCall extends ClientCall.Listener<byte[]> {
  /** As over HTTP; jobs come by another way. */
  private static final int MOST_ANSWER_BYTES = 256 * 1024;

  private final ClientCall<byte[], byte[]> call;
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();
  private byte @Nullable [] message;

  /**
   * What came of it.
   *
   * @param message the answer, or null where there is none
   */
  record Answer(byte @Nullable [] message, End end) {}

  private GrpcCall(ClientCall<byte[], byte[]> call) {
    this.call = call;
  }

  static GrpcCall send(
      ManagedChannel channel,
      MethodDescriptor<byte[], byte[]> method,
      Metadata metadata,
      byte[] message,
      Duration deadline) {
    GrpcCall sent =
        new GrpcCall(
            channel.newCall(
                method,
                CallOptions.DEFAULT
                    .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
                    .withMaxInboundMessageSize(MOST_ANSWER_BYTES)));
    sent.call.start(sent, metadata);
    sent.call.request(2);
    sent.call.sendMessage(message);
    sent.call.halfClose();
    return sent;
  }

  /** Waits for it; whoever is interrupted gives it up. */
  Answer await() throws InterruptedException {
    try {
      // The deadline is the call's own.
      return answer.get();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      call.cancel("given up", null);
    }
  }

  @Override
  public void onMessage(byte[] bytes) {
    message = message == null ? bytes : message;
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    answer.complete(new Answer(status.isOk() ? message : null, new End(status, trailers)));
  }
}
