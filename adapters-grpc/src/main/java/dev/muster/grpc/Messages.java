package dev.muster.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.StrictJson;
import dev.muster.wire.problem.ProblemCode;
import dev.muster.wire.problem.Rejection;
import tools.jackson.databind.JsonNode;

/** Messages and the documents in them. */
final class Messages {
  private Messages() {}

  /**
   * Reads a message.
   *
   * @throws Rejection where these bytes are none
   */
  static <T extends MessageLite> T read(Parser<T> parser, byte[] bytes) {
    try {
      return parser.parseFrom(bytes);
    } catch (InvalidProtocolBufferException malformed) {
      throw Rejection.of(ProblemCode.MALFORMED_REQUEST, "The message could not be understood.");
    }
  }

  /** The document, read as strictly as over HTTP; none at all is an empty object. */
  static JsonNode document(ByteString json) {
    return json.isEmpty() ? Json.object() : StrictJson.parse(json.toByteArray());
  }

  /**
   * Refuses what is too long.
   *
   * @throws Rejection 413
   */
  static void requireAtMost(int most, int bytes) {
    if (bytes > most) {
      throw Rejection.of(
          ProblemCode.BODY_TOO_LARGE, "This operation takes at most " + most + " bytes.");
    }
  }
}
