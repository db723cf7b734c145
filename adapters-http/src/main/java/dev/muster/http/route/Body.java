package dev.muster.http.route;

import dev.muster.wire.json.Json;
import dev.muster.wire.json.MalformedJson;
import dev.muster.wire.json.StrictJson;
import dev.muster.wire.problem.ProblemCode;
import dev.muster.wire.problem.Rejection;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The body of a request, read at most once and only when somebody asks. For one thread. */
public final class Body {
  private static final Pattern JSON =
      Pattern.compile("application/json(\\s*;\\s*charset\\s*=\\s*(utf-8|\"utf-8\"))?\\s*");

  private static final String BYTES = "application/octet-stream";

  private final BodySource source;
  private final Headers headers;
  private byte @Nullable [] bytes;
  private @Nullable JsonNode tree;

  /** Media type and encoding of a body. */
  public record Headers(@Nullable String contentType, @Nullable String contentEncoding) {}

  /** A body that is yet to be read. */
  public Body(BodySource source, Headers headers) {
    this.source = source;
    this.headers = headers;
  }

  /**
   * The body as JSON.
   *
   * @throws Rejection 413, 415
   * @throws MalformedJson when it is empty or not JSON
   */
  public JsonNode json() {
    if (tree == null) {
      var read = bytes();
      if (read.length > 0) {
        requireJson();
      }
      tree = StrictJson.parse(read);
    }
    return tree;
  }

  /** The body as JSON, an empty one as an empty object. */
  public JsonNode jsonOrEmpty() {
    return bytes().length == 0 ? Json.object() : json();
  }

  /**
   * Passes on the bytes of a body that is no document, while they come.
   *
   * @throws Rejection 413, 415, 408
   */
  public void readBytes(BodySource.Sink sink) {
    var type = headers.contentType();
    if (type == null || !type.strip().toLowerCase(Locale.ROOT).equals(BYTES)) {
      throw Rejection.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send Content-Type: " + BYTES + ".");
    }
    requireUncompressed();
    source.readTo(sink);
  }

  /**
   * The body as it came, for what has to be checked before anybody makes anything of it.
   *
   * @throws Rejection 413, 408, or 400 when the connection breaks off
   */
  public byte[] bytes() {
    if (bytes == null) {
      bytes = source.readAll();
    }
    return bytes;
  }

  private void requireJson() {
    var type = headers.contentType();
    if (type == null || !JSON.matcher(type.strip().toLowerCase(Locale.ROOT)).matches()) {
      throw Rejection.of(
          ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send Content-Type: application/json, in UTF-8.");
    }
    requireUncompressed();
  }

  private void requireUncompressed() {
    var encoding = headers.contentEncoding();
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw Rejection.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send the body uncompressed.");
    }
  }
}
