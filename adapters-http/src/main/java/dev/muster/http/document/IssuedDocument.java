package dev.muster.http.document;

import dev.muster.domain.credential.Secret;
import dev.muster.http.route.Answer;
import dev.muster.wire.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** The answer that creates a token: its record, and the secret beside it, once. */
public final class IssuedDocument {
  private IssuedDocument() {}

  /** 201 with both; a repetition under the same idempotency key has null for the secret. */
  public static Answer.Json answer(String location, ObjectNode record, Secret secret) {
    var replay = Json.object();
    replay.set("token", record);
    replay.putNull("raw_token");
    var body = replay.deepCopy().put("raw_token", secret.reveal());
    return Answer.created(location, body).replayedAs(replay);
  }
}
