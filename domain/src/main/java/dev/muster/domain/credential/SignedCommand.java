package dev.muster.domain.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A request that an agent signs: HMAC-SHA256 under its signing secret over these lines, joined by a
 * line feed, none at the end: {@code cmd_v1}, method, request target as it was sent, agent id,
 * timestamp, nonce, SHA-256 of the body in hex. No field can hold a line feed, so that two
 * different requests never give the same text.
 *
 * @param method such as {@code POST}
 * @param target path and query, as they stand in the request
 * @param agent who signs
 * @param timestamp seconds since 1970
 * @param nonce chosen by the agent, used once
 * @param bodyHash 64 lower-case hex digits, of an empty body too
 */
public record SignedCommand(
    String method, String target, UUID agent, long timestamp, String nonce, String bodyHash) {
  /** How far a timestamp may be from the database's clock, either way. */
  public static final Duration WINDOW = Duration.ofSeconds(300);

  /** How long a nonce is kept after its timestamp: longer than it could be used. */
  public static final Duration NONCE_MEMORY = Duration.ofSeconds(360);

  /** What a nonce looks like; 22 characters carry 16 random bytes in base64url. */
  public static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{16,64}");

  /** What a signing secret looks like: 32 bytes in hex. */
  public static final Pattern SECRET = Pattern.compile("[0-9a-f]{64}");

  private static final String PURPOSE = "cmd_v1";
  private static final Pattern METHOD = Pattern.compile("[A-Z]{1,16}");
  private static final Pattern TARGET = Pattern.compile("[\\x21-\\x7e]{1,8192}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /** Checks that no field can be mistaken for another. */
  public SignedCommand {
    if (!METHOD.matcher(method).matches()
        || !TARGET.matcher(target).matches()
        || timestamp < 0
        || !NONCE.matcher(nonce).matches()
        || !HASH.matcher(bodyHash).matches()) {
      throw new IllegalArgumentException("not a request that can be signed");
    }
  }

  /** Whether a method and a target can be signed at all. */
  public static boolean isSignable(String method, String target) {
    return METHOD.matcher(method).matches() && TARGET.matcher(target).matches();
  }

  /** The hash of a body. */
  public static String hashOf(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /**
   * The signature, 64 lower-case hex digits.
   *
   * @param secret 32 bytes in hex
   * @throws IllegalArgumentException where the secret is none
   */
  public String signature(Secret secret) {
    return HexFormat.of().formatHex(HmacSha256.of(key(secret), text()));
  }

  /** Whether this is the signature; compares in constant time, and nothing matches no secret. */
  public boolean isSignedBy(Secret secret, String signature) {
    return SECRET.matcher(secret.reveal()).matches()
        && MessageDigest.isEqual(
            signature(secret).getBytes(StandardCharsets.US_ASCII),
            signature.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether its timestamp is within the window around a moment. */
  public boolean isTimely(Instant now) {
    return Math.abs(now.getEpochSecond() - timestamp) <= WINDOW.toSeconds();
  }

  private static byte[] key(Secret secret) {
    if (!SECRET.matcher(secret.reveal()).matches()) {
      throw new IllegalArgumentException("a signing secret is 64 lower-case hex digits");
    }
    return HexFormat.of().parseHex(secret.reveal());
  }

  private byte[] text() {
    String lines =
        String.join(
            "\n",
            PURPOSE,
            method,
            target,
            agent.toString(),
            Long.toString(timestamp),
            nonce,
            bodyHash);
    return lines.getBytes(StandardCharsets.US_ASCII);
  }
}
