package dev.muster.agent.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.muster.agent.api.GrpcReply.End;
import dev.muster.protocol.agent.v1.Ask;
import dev.muster.protocol.agent.v1.Granted;
import dev.muster.protocol.agent.v1.Signature;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A stream on which the agent asks for work, one question after the other. The next question takes
 * the place of the one before, here as on the server. Thread-safe.
 */
final class GrpcWork extends ClientCall.Listener<byte[]> {
  private final ManagedChannel channel;
  private final Credential credential;
  private final Signing signing;
  private final ClientCall<byte[], byte[]> call;
  private long number;
  private @Nullable CompletableFuture<Answer> waiting;
  private @Nullable End end;

  /** What came of a question. */
  sealed interface Answer {
    /** The server's answer. */
    record Given(ByteString json) implements Answer {}

    /** The stream has ended instead. */
    record Ended(End end) implements Answer {}
  }

  private GrpcWork(ManagedChannel channel, Credential credential, Signing signing) {
    this.channel = channel;
    this.credential = credential;
    this.signing = signing;
    this.call = channel.newCall(GrpcMethods.WORK, CallOptions.DEFAULT);
  }

  static GrpcWork open(
      ManagedChannel channel, Credential credential, Signing signing, Metadata metadata) {
    GrpcWork work = new GrpcWork(channel, credential, signing);
    work.call.start(work, metadata);
    work.call.request(1);
    return work;
  }

  /** Whether questions may go on here: the stream lives, and is of this credential. */
  synchronized boolean serves(ManagedChannel now, Credential shown) {
    return end == null && channel.equals(now) && credential.equals(shown);
  }

  /** Asks; the answer is cancelled where another question comes first. */
  synchronized CompletableFuture<Answer> ask(byte[] claim) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    if (end != null) {
      answer.complete(new Answer.Ended(end));
      return answer;
    }
    if (waiting != null) {
      waiting.cancel(false);
    }
    waiting = answer;
    number++;
    call.sendMessage(
        signed(Ask.newBuilder().setNumber(number).setClaim(ByteString.copyFrom(claim)), claim)
            .build()
            .toByteArray());
    return answer;
  }

  /** Asks nothing more. */
  synchronized void leave() {
    if (end == null) {
      call.cancel("the agent asks nothing more", null);
    }
  }

  @Override
  public void onMessage(byte[] message) {
    try {
      answered(Granted.parseFrom(message));
      call.request(1);
    } catch (InvalidProtocolBufferException nonsense) {
      ended(new End(Status.INTERNAL, new Metadata()));
      call.cancel("an answer that is no message", nonsense);
    }
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    ended(new End(status, trailers));
  }

  private synchronized void ended(End how) {
    end = how;
    if (waiting != null) {
      waiting.complete(new Answer.Ended(how));
      waiting = null;
    }
  }

  /** What answers another question than the last comes again under the same claim's id. */
  private synchronized void answered(Granted granted) {
    if (granted.getNumber() == number && waiting != null) {
      waiting.complete(new Answer.Given(granted.getClaimed()));
      waiting = null;
    }
  }

  private Ask.Builder signed(Ask.Builder ask, byte[] claim) {
    Map<String, String> headers = GrpcMethods.signature(signing, GrpcMethods.WORK, claim);
    return headers.isEmpty()
        ? ask
        : ask.setSignature(
            Signature.newBuilder()
                .setTimestamp(headers.getOrDefault("X-Signature-Timestamp", ""))
                .setNonce(headers.getOrDefault("X-Signature-Nonce", ""))
                .setSignature(headers.getOrDefault("X-Signature", "")));
  }
}
