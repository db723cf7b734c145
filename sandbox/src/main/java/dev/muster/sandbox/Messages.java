package dev.muster.sandbox;

import dev.muster.sandbox.child.Frames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The messages of a child, read as if somebody hostile had written them. */
final class Messages {
  private static final int DEEPEST = 80;
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final InputStream in;
  private final OutputStream out;
  private final int limit;

  Messages(InputStream in, OutputStream out, int limit) {
    this.in = in;
    this.out = out;
    this.limit = limit;
  }

  /** The bytes of a message. */
  static byte[] bytes(JsonNode message) {
    return JSON.writeValueAsBytes(message);
  }

  /**
   * The next one; empty when the child has closed its pipe.
   *
   * @throws BreachException if it is no message
   * @throws IOException if the pipe broke
   */
  Optional<ObjectNode> next() throws BreachException, IOException {
    try {
      Optional<byte[]> message = Frames.read(in, limit);
      if (message.isEmpty()) {
        return Optional.empty();
      }
      if (JSON.readTree(message.get()) instanceof ObjectNode object) {
        return Optional.of(object);
      }
      throw new BreachException(Breach.PROTOCOL);
    } catch (ProtocolException | JacksonException e) {
      throw new BreachException(Breach.PROTOCOL);
    }
  }

  /** Sends one. */
  void send(byte[] message) throws IOException {
    Frames.write(out, message);
  }
}
