package dev.muster.grpc;

import dev.muster.ports.in.enrolment.Declarations;
import dev.muster.ports.in.scheduling.JobDispatch;
import dev.muster.ports.in.scheduling.LeasedJobTokens;
import dev.muster.wire.problem.Refusals;
import dev.muster.wire.scheduling.ClaimCalls;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Opens streams for work, and ends them when the server stops. Thread-safe. */
final class WorkHandler implements ServerCallHandler<byte[], byte[]> {
  static final String NAME = "Work";

  private final Desk desk;
  private final Ports ports;
  private final Duration patience;
  private final Set<WorkStream> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  /** Where jobs come from. */
  record Ports(JobDispatch dispatch, LeasedJobTokens tokens, Declarations declarations) {
    ClaimCalls calls(EndableWait wait) {
      return new ClaimCalls(wait, tokens, declarations);
    }
  }

  WorkHandler(Desk desk, Ports ports, Duration patience) {
    this.desk = desk;
    this.ports = ports;
    this.patience = patience;
  }

  @Override
  public ServerCall.Listener<byte[]> startCall(ServerCall<byte[], byte[]> call, Metadata metadata) {
    var visitor = desk.visitors().of(call, metadata);
    var open = new OpenCall(call, visitor.requestId());
    try {
      var caller = desk.doorman().admit(AgentMethods.CLAIM, visitor.knock());
      var stream = new WorkStream(this, open, visitor, caller);
      streams.add(stream);
      stream.begin();
      return stream;
    } catch (RuntimeException | Error failure) {
      open.refuse(Refusals.of(failure, NAME, visitor.requestId()));
      return new ServerCall.Listener<>() {};
    }
  }

  /** From now on a stream ends with its next answer, and one without a question at once. */
  void stop() {
    stopping = true;
    streams.forEach(WorkStream::endIfQuiet);
  }

  boolean isStopping() {
    return stopping;
  }

  void ended(WorkStream stream) {
    streams.remove(stream);
  }

  Desk desk() {
    return desk;
  }

  Ports ports() {
    return ports;
  }

  Duration patience() {
    return patience;
  }
}
