package dev.muster.grpc;

import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.enrolment.Declarations;
import dev.muster.ports.in.scheduling.JobDispatch;
import dev.muster.ports.in.scheduling.LeasedJobTokens;
import dev.muster.wire.scheduling.ClaimCalls;
import io.grpc.ServerCall;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Opens streams for work, and ends them when the server stops. Thread-safe. */
final class WorkHandler implements Door.Room {
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
  public ServerCall.Listener<byte[]> entered(OpenCall open, Visitor visitor, Caller caller) {
    var stream = new WorkStream(this, open, visitor, caller);
    streams.add(stream);
    stream.begin();
    return stream;
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
