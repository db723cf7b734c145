package dev.muster.agent.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.muster.agent.api.GrpcWork.Answer;
import dev.muster.agent.network.GrpcChannels;
import dev.muster.domain.job.LogLine;
import dev.muster.domain.tracing.TraceParent;
import dev.muster.protocol.agent.v1.Call;
import dev.muster.protocol.agent.v1.Document;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@link ServerApi} over gRPC: the same documents, on one connection that stays. Thread-safe; the
 * connection belongs to whoever made it.
 */
public final class GrpcServerApi implements ServerApi {
  private final GrpcChannels channels;
  private final Supplier<Credential> credential;
  private final Signing signing;
  private final Duration patience;
  private final InstantSource clock;
  private final JobTraces traces;
  private @Nullable GrpcWork work;

  /**
   * The API of one server.
   *
   * @param patience how long an answer may take; for a claim, beyond what it asked to wait
   */
  public GrpcServerApi(
      GrpcChannels channels,
      Supplier<Credential> credential,
      Signing signing,
      Duration patience,
      InstantSource clock) {
    this(channels, credential, signing, patience, clock, lease -> null);
  }

  private GrpcServerApi(
      GrpcChannels channels,
      Supplier<Credential> credential,
      Signing signing,
      Duration patience,
      InstantSource clock,
      JobTraces traces) {
    this.traces = traces;
    this.channels = channels;
    this.credential = credential;
    this.signing = signing;
    this.patience = patience;
    this.clock = clock;
  }

  /** The same, with what is said of jobs said as part of their traces. */
  public GrpcServerApi tracedBy(JobTraces others) {
    return new GrpcServerApi(channels, credential, signing, patience, clock, others);
  }

  @Override
  public Reply<HeartbeatAnswer> heartbeat(Heartbeat heartbeat) throws InterruptedException {
    return exchange(
        GrpcMethods.HEARTBEAT, null, HeartbeatJson.write(heartbeat), signing::takingRenewal);
  }

  /** Asks whether the credential works; as {@link HttpServerApi#probe}. */
  public Reply<HeartbeatAnswer> probe(String version) throws InterruptedException {
    return exchange(
        GrpcMethods.HEARTBEAT, null, Json.object().put("version", version), HeartbeatJson::read);
  }

  @Override
  public OpenPoll claim(Claim claim) {
    return new Question(ask(Json.bytes(ClaimJson.write(claim))), patience.plus(claim.longest()));
  }

  @Override
  public Reply<Acknowledged> report(StatusReport report) throws InterruptedException {
    return Retryable.ofWork(
        exchange(GrpcMethods.REPORT, report.lease(), ReportJson.write(report), ReportJson::taken));
  }

  @Override
  public Reply<Acknowledged> ship(Lease lease, List<LogLine> lines) throws InterruptedException {
    return Retryable.ofWork(
        exchange(GrpcMethods.LOG, lease, ReportJson.write(lease, lines), ReportJson::shipped));
  }

  private <T> Reply<T> exchange(
      MethodDescriptor<byte[], byte[]> method,
      @Nullable Lease lease,
      ObjectNode document,
      Function<ObjectNode, T> reading)
      throws InterruptedException {
    byte[] message =
        Call.newBuilder()
            .setJobId(lease == null ? "" : lease.job().toString())
            .setDocument(ByteString.copyFrom(Json.bytes(document)))
            .build()
            .toByteArray();
    Map<String, String> headers = new HashMap<>(headers(credential.get()));
    if (lease != null && traces.of(lease) instanceof TraceParent trace) {
      headers.put(TraceParent.NAME, trace.toString());
    }
    headers.putAll(GrpcMethods.signature(signing, method, message));
    GrpcCall.Answer answer =
        GrpcCall.send(channels.get(), method, GrpcMethods.metadata(headers), message, patience)
            .await();
    byte[] bytes = answer.message();
    if (bytes == null) {
      return GrpcReply.of(answer.end(), clock);
    }
    try {
      return GrpcReply.of(Document.parseFrom(bytes).getJson(), reading);
    } catch (InvalidProtocolBufferException nonsense) {
      return Retryable.unavailable("an answer that is no message", null);
    }
  }

  private synchronized CompletableFuture<Answer> ask(byte[] claim) {
    ManagedChannel channel = channels.get();
    Credential now = credential.get();
    GrpcWork open = work;
    if (open == null || !open.serves(channel, now)) {
      if (open != null) {
        open.leave();
      }
      open = GrpcWork.open(channel, now, signing, GrpcMethods.metadata(headers(now)));
      work = open;
    }
    return open.ask(claim);
  }

  /** A stream that does not answer in time is no good for the next question either. */
  private synchronized void leaveWork() {
    if (work != null) {
      work.leave();
      work = null;
    }
  }

  private static Map<String, String> headers(Credential now) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Authorization", "Bearer " + now.apiKey().reveal());
    headers.put("X-Agent-Instance", now.instance().toString());
    if (now.name() != null) {
      headers.put("X-Agent-Name", now.name());
    }
    return headers;
  }

  private final class Question implements OpenPoll {
    private final CompletableFuture<Answer> asked;
    private final Duration deadline;

    private Question(CompletableFuture<Answer> asked, Duration deadline) {
      this.asked = asked;
      this.deadline = deadline;
    }

    @Override
    public Optional<Reply<ClaimAnswer>> await() throws InterruptedException {
      try {
        return Optional.of(reply(asked.get(deadline.toMillis(), TimeUnit.MILLISECONDS)));
      } catch (CancellationException ended) {
        return Optional.empty();
      } catch (TimeoutException late) {
        leaveWork();
        return Optional.of(
            Retryable.unavailable("no answer within " + deadline.toMillis() + " ms", null));
      } catch (ExecutionException impossible) {
        throw new IllegalStateException(impossible);
      } finally {
        asked.cancel(true);
      }
    }

    private Reply<ClaimAnswer> reply(Answer answer) {
      return switch (answer) {
        case Answer.Given(ByteString json) -> GrpcReply.of(json, ClaimJson::read);
        case Answer.Ended(GrpcReply.End end) -> GrpcReply.of(end, clock);
      };
    }

    @Override
    public void end() {
      asked.cancel(true);
    }
  }
}
