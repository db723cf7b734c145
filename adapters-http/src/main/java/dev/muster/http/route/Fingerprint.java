package dev.muster.http.route;

import dev.muster.wire.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import tools.jackson.databind.JsonNode;

/** Tells whether two requests ask for the same: their SHA-256 without the order of keys. */
public final class Fingerprint {
  private Fingerprint() {}

  /** The fingerprint of method, target and body. */
  public static byte[] of(Method method, Request.Target target, JsonNode body) {
    var digest = sha256();
    var head = method + "\n" + target.path() + "\n" + target.query() + "\n";
    digest.update(head.getBytes(StandardCharsets.UTF_8));
    return digest.digest(Json.canonical(body));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
