package dev.muster.grpc;

import dev.muster.ports.in.access.Caller;
import dev.muster.wire.access.Doorman;
import dev.muster.wire.problem.Refusals;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;

/**
 * Begins the calls of one method: whoever is not let in is refused before anything that they send
 * is read. Thread-safe.
 *
 * @param name of the method, for the log
 */
record Door(String name, Doorman.Needed needed, Desk desk, Room room)
    implements ServerCallHandler<byte[], byte[]> {
  /** What is behind the door. */
  interface Room {
    /** Somebody was let in; what is thrown here refuses the call. */
    ServerCall.Listener<byte[]> entered(OpenCall open, Visitor visitor, Caller caller);
  }

  @Override
  public ServerCall.Listener<byte[]> startCall(ServerCall<byte[], byte[]> call, Metadata metadata) {
    var visitor = desk.visitors().of(call, metadata);
    var open = new OpenCall(call, visitor.requestId());
    try {
      return room.entered(open, visitor, desk.doorman().admit(needed, visitor.knock()));
    } catch (RuntimeException | Error failure) {
      open.refuse(Refusals.of(failure, name, visitor.requestId()));
      return new ServerCall.Listener<>() {};
    }
  }
}
