package dev.muster.inline;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Reads one answer (RFC 9112), as if somebody hostile had written it. For one thread. */
final class HttpAnswer {
  private static final int MOST_HEAD_BYTES = 64 * 1024;
  private static final int MOST_BODY_BYTES = 1024 * 1024;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,10}");
  private static final Pattern CHUNK = Pattern.compile("([0-9a-fA-F]{1,8})[ \\t]*(?:;.*)?");
  private static final JsonMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(80).build())
              .build());

  private final InputStream in;
  private int headBytes;

  HttpAnswer(InputStream in) {
    this.in = in;
  }

  /**
   * What the script is given.
   *
   * @throws IOException if it is no answer, or not a whole one
   */
  JsonNode read(String method, long started) throws IOException, CallRefusedException {
    int status = status();
    Map<String, String> headers = headers();
    while (status < 200) {
      status = status();
      headers = headers();
    }
    boolean bare = method.equals("HEAD") || status == 204 || status == 304;
    byte[] body = bare ? new byte[0] : body(headers);
    if (!headers.getOrDefault("content-encoding", "identity").equalsIgnoreCase("identity")) {
      throw CallRefusedException.invalid("the answer is compressed, though not asked to be");
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("status", status);
    headers.forEach(answer.putObject("headers")::put);
    answer.set("body", content(headers.getOrDefault("content-type", ""), new String(body, UTF_8)));
    answer.put("duration_ms", Duration.ofNanos(System.nanoTime() - started).toMillis());
    return answer;
  }

  private static JsonNode content(String type, String text) {
    String lower = type.toLowerCase(Locale.ROOT);
    if (!text.isBlank() && (lower.startsWith("application/json") || lower.contains("+json"))) {
      try {
        return JSON.readTree(text);
      } catch (JacksonException notJson) {
        // Then it is a text, whatever it calls itself.
      }
    }
    return StringNode.valueOf(text);
  }

  private int status() throws IOException {
    Matcher line = STATUS.matcher(line());
    if (!line.matches()) {
      throw new IOException("that is no HTTP");
    }
    return Integer.parseInt(line.group(1));
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IOException("that is no header");
      }
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip(),
          (one, other) -> one + ", " + other);
    }
    return headers;
  }

  private byte[] body(Map<String, String> headers) throws IOException, CallRefusedException {
    String coding = headers.get("transfer-encoding");
    String length = headers.get("content-length");
    if (coding != null) {
      if (!coding.equalsIgnoreCase("chunked")) {
        throw new IOException("the answer is encoded in an unknown way");
      }
      return chunks();
    }
    if (length == null) {
      return limited(in.readNBytes(MOST_BODY_BYTES + 1));
    }
    if (!LENGTH.matcher(length).matches()) {
      throw new IOException("the answer has no length");
    }
    return whole(Long.parseLong(length));
  }

  private byte[] whole(long length) throws IOException, CallRefusedException {
    if (length > MOST_BODY_BYTES) {
      throw tooLarge();
    }
    byte[] body = in.readNBytes((int) length);
    if (body.length < length) {
      throw new IOException("the answer ended too early");
    }
    return body;
  }

  private byte[] chunks() throws IOException, CallRefusedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      Matcher size = CHUNK.matcher(line());
      if (!size.matches()) {
        throw new IOException("that is no chunk");
      }
      long length = Long.parseLong(size.group(1), 16);
      if (body.size() + length > MOST_BODY_BYTES) {
        throw tooLarge();
      }
      if (length == 0) {
        return body.toByteArray();
      }
      body.writeBytes(whole(length));
      if (!line().isEmpty()) {
        throw new IOException("a chunk has no end");
      }
    }
  }

  private static byte[] limited(byte[] body) throws CallRefusedException {
    if (body.length > MOST_BODY_BYTES) {
      throw tooLarge();
    }
    return body;
  }

  private static CallRefusedException tooLarge() {
    return CallRefusedException.tooLarge("the answer has more than " + MOST_BODY_BYTES + " bytes");
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the answer ended too early");
      }
      if (++headBytes > MOST_HEAD_BYTES) {
        throw new IOException("the answer's head is too long");
      }
      line.write(c);
    }
    String text = line.toString(ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
