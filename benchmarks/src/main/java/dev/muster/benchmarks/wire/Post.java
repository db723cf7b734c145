package dev.muster.benchmarks.wire;

import java.nio.charset.StandardCharsets;

/** POST requests of one caller, as bytes. */
public final class Post {
  private final String headers;

  /** Requests of whoever has {@code token}. */
  public Post(String token) {
    this.headers =
        " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: "
            .formatted(token);
  }

  /** A request with a JSON body in ASCII. */
  public byte[] of(String path, String body) {
    return ("POST " + path + headers + body.length() + "\r\n\r\n" + body)
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
