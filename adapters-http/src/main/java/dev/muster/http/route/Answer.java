package dev.muster.http.route;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an operation answers when it does not refuse. */
public sealed interface Answer {
  /** The HTTP status. */
  int status();

  /** Further headers. */
  Map<String, String> headers();

  /** 200 with a document. */
  static Json ok(JsonNode body) {
    return new Json(200, Map.of(), body, null);
  }

  /** 204: done, and nothing to say. */
  static Empty done() {
    return new Empty(204, Map.of());
  }

  /** 201 with a document and the address of what was created. */
  static Json created(String location, ObjectNode body) {
    return new Json(201, Map.of("Location", location), body, null);
  }

  /**
   * A JSON document.
   *
   * @param body what the caller gets now
   * @param replay what a repetition under the same idempotency key gets instead, without the secret
   *     that is shown once; null where that is the same
   */
  record Json(int status, Map<String, String> headers, JsonNode body, @Nullable JsonNode replay)
      implements Answer {
    /** The same, but a repetition gets another document. */
    public Json replayedAs(JsonNode withoutSecret) {
      return new Json(status, headers, body, withoutSecret);
    }

    /** The same with another status. */
    public Json withStatus(int other) {
      return new Json(other, headers, body, replay);
    }

    /** The same with one more header. */
    public Json withHeader(String name, String value) {
      var more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Json(status, more, body, replay);
    }
  }

  /** No body at all. */
  record Empty(int status, Map<String, String> headers) implements Answer {}

  /** Bytes of any media type. */
  record Content(int status, Map<String, String> headers, String mediaType, byte[] bytes)
      implements Answer {}

  /** Bytes that are written while they come, such as an export. */
  record Stream(int status, Map<String, String> headers, String mediaType, Writer writer)
      implements Answer {}

  /** Writes a stream. */
  @FunctionalInterface
  interface Writer {
    /** Writes everything; the stream is closed by the server. */
    void writeTo(OutputStream out) throws IOException;
  }
}
