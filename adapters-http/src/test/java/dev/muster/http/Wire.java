package dev.muster.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks HTTP/1.1 byte by byte, so that a test can send what no client library would. */
public final class Wire {
  private static final int TIMEOUT_MILLIS = 20_000;

  private final int port;

  /** To a port of this machine. */
  public Wire(int port) {
    this.port = port;
  }

  /** What came back. */
  public record Reply(int status, List<String> headers, byte[] body) {
    /** The body as text. */
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /** The body as JSON. */
    public JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }

    /** The code of a problem. */
    public String code() {
      return json().path("code").asString("");
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
      var start = name.toLowerCase(Locale.ROOT) + ":";
      return headers.stream()
          .filter(h -> h.toLowerCase(Locale.ROOT).startsWith(start))
          .map(h -> h.substring(start.length()).strip())
          .findFirst();
    }
  }

  Reply get(String path, String... headers) {
    return send(head("GET", path, headers) + "Connection: close\r\n\r\n", new byte[0]);
  }

  Reply method(String method, String path, String... headers) {
    return send(head(method, path, headers) + "Connection: close\r\n\r\n", new byte[0]);
  }

  Reply authorized(String method, String path) {
    return method(method, path, "Authorization: Bearer " + TestServer.TOKEN);
  }

  /** Sends a request, with a JSON body or none. */
  public Reply request(String method, String path, @Nullable String json, List<String> headers) {
    var all = new ArrayList<>(headers);
    var body = json == null ? new byte[0] : json.getBytes(StandardCharsets.UTF_8);
    if (json != null) {
      all.add("Content-Type: application/json");
      all.add("Content-Length: " + body.length);
    }
    var head = head(method, path, all.toArray(String[]::new));
    return send(head + "Connection: close\r\n\r\n", body);
  }

  /** Sends bytes. */
  public Reply bytes(
      String method, String path, byte[] body, String contentType, String... headers) {
    var all = new ArrayList<>(List.of(headers));
    all.add("Content-Type: " + contentType);
    all.add("Content-Length: " + body.length);
    var head = head(method, path, all.toArray(String[]::new)) + "Connection: close\r\n\r\n";
    return send(head, body);
  }

  Reply post(String path, String json, String... headers) {
    return post(path, json.getBytes(StandardCharsets.UTF_8), "application/json", headers);
  }

  Reply post(String path, byte[] body, String contentType, String... headers) {
    var all = new ArrayList<>(List.of(headers));
    all.add("Authorization: Bearer " + TestServer.TOKEN);
    if (!contentType.isEmpty()) {
      all.add("Content-Type: " + contentType);
    }
    all.add("Content-Length: " + body.length);
    var head = head("POST", path, all.toArray(String[]::new)) + "Connection: close\r\n\r\n";
    return send(head, body);
  }

  /** Sends exactly this and reads until the server closes. */
  Reply send(String head, byte[] body) {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      var writer = Thread.startVirtualThread(() -> write(socket, head, body));
      var bytes = socket.getInputStream().readAllBytes();
      writer.join();
      return parse(bytes);
    } catch (IOException e) {
      throw new AssertionError("the server did not answer properly", e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void write(Socket socket, String head, byte[] body) {
    try {
      var out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
    } catch (IOException e) {
      // The server has refused early; its answer is what matters.
    }
  }

  private static String head(String method, String path, String... headers) {
    var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    for (var header : headers) {
      head.append(header).append("\r\n");
    }
    return head.toString();
  }

  private static Reply parse(byte[] bytes) {
    var text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new AssertionError("no answer: '" + text + "'");
    }
    var lines = List.of(text.substring(0, end).split("\r\n"));
    int status = Integer.parseInt(lines.getFirst().split(" ")[1]);
    var rest = Arrays.copyOfRange(bytes, end + 4, bytes.length);
    boolean chunked =
        lines.stream().anyMatch(l -> l.equalsIgnoreCase("Transfer-Encoding: chunked"));
    return new Reply(status, lines.subList(1, lines.size()), chunked ? unchunk(rest) : rest);
  }

  private static byte[] unchunk(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    var text = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = 0;
    while (true) {
      int line = text.indexOf("\r\n", at);
      int size = Integer.parseInt(text.substring(at, line), 16);
      if (size == 0) {
        return out.toByteArray();
      }
      out.write(bytes, line + 2, size);
      at = line + 2 + size + 2;
    }
  }
}
