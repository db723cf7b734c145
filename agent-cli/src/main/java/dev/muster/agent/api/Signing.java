package dev.muster.agent.api;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.SignedCommand;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Signs the agent's calls, each with a nonce of its own, so that whoever has copied the credential
 * or a request can do nothing with it. Thread-safe.
 *
 * @param agent who signs
 * @param secret what it signs with at this moment; empty where it does not sign
 * @param renewed is given the secret that the server wants to see from now on
 * @param nonces never the same twice
 * @param clock the host's, which may be five minutes from the server's
 */
public record Signing(
    UUID agent,
    Supplier<Optional<Secret>> secret,
    Consumer<Secret> renewed,
    Supplier<String> nonces,
    InstantSource clock) {
  /** Signs nothing. */
  public static final Signing NONE =
      new Signing(new UUID(0, 0), Optional::empty, unused -> {}, () -> "", () -> Instant.EPOCH);

  /**
   * Reads the answer to a heartbeat. The server replaces a signing secret that has grown old, and
   * says so until it is used.
   */
  HeartbeatAnswer takingRenewal(ObjectNode body) {
    HeartbeatAnswer answer = HeartbeatJson.read(body);
    String fresh = body.path("signing_secret").asString("");
    if (SignedCommand.SECRET.matcher(fresh).matches()) {
      renewed.accept(Secret.of(fresh));
    }
    return answer;
  }

  /** The headers that sign a request. */
  Map<String, String> headers(String method, String target, byte[] body) {
    return secret
        .get()
        .map(key -> {
          SignedCommand command =
              new SignedCommand(
                  method,
                  target,
                  agent,
                  clock.instant().getEpochSecond(),
                  nonces.get(),
                  SignedCommand.hashOf(body));
          return Map.of(
              "X-Signature-Timestamp",
              String.valueOf(command.timestamp()),
              "X-Signature-Nonce",
              command.nonce(),
              "X-Signature",
              command.signature(key));
        })
        .orElseGet(Map::of);
  }
}
