package dev.muster.grpc;

import com.google.protobuf.ByteString;
import dev.muster.ports.in.access.Caller;
import dev.muster.wire.access.Doorman;
import dev.muster.wire.json.Json;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * What all calls are answered with.
 *
 * @param visitors tells who calls
 * @param doorman lets them in
 * @param deadlines ends what takes too long to come
 * @param large how many more large messages may be on their way at once
 */
record Desk(Visitor.Reader visitors, Doorman doorman, Deadlines deadlines, Semaphore large) {
  /** Of up to 9 MiB each. */
  private static final int LARGE_AT_ONCE = 32;

  static Desk of(Visitor.Reader visitors, Doorman doorman, Deadlines deadlines) {
    return new Desk(visitors, doorman, deadlines, new Semaphore(LARGE_AT_ONCE));
  }

  /** The answer to somebody who was let in, in bytes. */
  ByteString json(Doorman.Needed needed, Caller caller, Function<Caller, ObjectNode> handler) {
    return ByteString.copyFrom(
        Json.bytes(doorman.handled(needed, caller, () -> handler.apply(caller))));
  }
}
