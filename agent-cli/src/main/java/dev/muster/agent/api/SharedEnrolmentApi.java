package dev.muster.agent.api;

import dev.muster.domain.credential.PlatformKey;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.enrolment.SharedRegistration.Version2;
import dev.muster.domain.fleet.AgentName;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/** The call by which a shared agent registers itself, signed with the platform key. Thread-safe. */
public final class SharedEnrolmentApi {
  private static final long MOST_BYTES = 64 * 1024;
  private static final int NONCE_BYTES = 16;

  private final HttpTransport transport;
  private final URI server;
  private final Duration patience;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * The call of one server.
   *
   * @param patience how long an answer may take
   * @param random a cryptographic source
   */
  public SharedEnrolmentApi(
      HttpClient client,
      URI server,
      Duration patience,
      InstantSource clock,
      RandomGenerator random) {
    this.transport = new HttpTransport(client, server, clock);
    this.server = server;
    this.patience = patience;
    this.clock = clock;
    this.random = random;
  }

  /** Registers, or asks for a fresh token; every call is signed anew. */
  public Reply<SharedToken> register(
      PlatformKey key, AgentName name, UUID instance, Introduction introduction)
      throws InterruptedException {
    ObjectNode body = IntroductionJson.declaration(introduction);
    String bodyHash = PlatformKey.sha256(Json.bytes(body));
    long timestamp = clock.instant().getEpochSecond();
    String nonce = nonce();
    Secret signature =
        key.sign(Version2.text(key.id(), host(server), name, timestamp, nonce, bodyHash));
    Map<String, String> headers =
        Map.of(
            "X-Signature",
            signature.reveal(),
            "X-Signature-Key-Id",
            key.id(),
            "X-Signature-Timestamp",
            Long.toString(timestamp),
            "X-Signature-Nonce",
            nonce,
            "X-Agent-Name",
            name.value(),
            "X-Agent-Instance",
            instance.toString());
    return transport.exchange(
        new HttpTransport.Call("/api/agent/v1/register", headers, body, patience, MOST_BYTES),
        SharedEnrolmentApi::read);
  }

  /** The server as it stands in the Host header of a request to it. */
  static String host(URI server) {
    boolean isUsual =
        server.getPort() == -1
            || server.getPort() == (server.getScheme().equals("https") ? 443 : 80);
    return isUsual ? server.getHost() : server.getHost() + ":" + server.getPort();
  }

  private String nonce() {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static SharedToken read(ObjectNode body) {
    return new SharedToken(
        Json.uuid(body, "agent_id"),
        Secret.of(Json.text(body, "token")),
        expiry(Json.text(body, "expires_at")),
        IntroductionJson.updateKey(body));
  }

  private static Instant expiry(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException notATime) {
      throw new UnexpectedAnswer("expires_at");
    }
  }
}
