package dev.muster.endtoend;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.SignedCommand;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** How one request of an agent's is signed. */
record SignedHeaders(String timestamp, String nonce, String signature) {
  /** Of a POST, signed now and never before. */
  static SignedHeaders of(SimulatedAgent agent, String secret, String path, String body) {
    SignedCommand command =
        new SignedCommand(
            "POST",
            path,
            UUID.fromString(agent.id()),
            Instant.now().getEpochSecond(),
            UUID.randomUUID().toString(),
            SignedCommand.hashOf(body.getBytes(StandardCharsets.UTF_8)));
    return new SignedHeaders(
        String.valueOf(command.timestamp()), command.nonce(), command.signature(Secret.of(secret)));
  }

  HttpRequest.Builder on(HttpRequest.Builder request) {
    return request
        .header("X-Signature-Timestamp", timestamp)
        .header("X-Signature-Nonce", nonce)
        .header("X-Signature", signature);
  }
}
