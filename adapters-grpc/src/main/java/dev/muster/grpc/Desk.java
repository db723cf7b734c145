package dev.muster.grpc;

import com.google.protobuf.ByteString;
import dev.muster.ports.in.access.Caller;
import dev.muster.wire.access.Doorman;
import dev.muster.wire.json.Json;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * What all calls are answered with.
 *
 * @param visitors tells who calls
 * @param doorman lets them in
 * @param deadlines ends what takes too long to come
 */
record Desk(Visitor.Reader visitors, Doorman doorman, Deadlines deadlines) {
  /** The answer to somebody who was let in, in bytes. */
  ByteString json(Doorman.Needed needed, Caller caller, Function<Caller, ObjectNode> handler) {
    return ByteString.copyFrom(
        Json.bytes(doorman.handled(needed, caller, () -> handler.apply(caller))));
  }
}
