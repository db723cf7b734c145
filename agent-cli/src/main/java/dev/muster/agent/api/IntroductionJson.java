package dev.muster.agent.api;

import dev.muster.domain.credential.Secret;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What an agent says of itself, on the wire. */
final class IntroductionJson {
  private IntroductionJson() {}

  /** In a heartbeat that names no jobs. */
  static ObjectNode write(Introduction introduction) {
    ObjectNode body = Json.object();
    body.put("version", introduction.version());
    body.set("agent", declaration(introduction));
    return body;
  }

  static ObjectNode declaration(Introduction introduction) {
    ObjectNode agent = Json.object();
    Json.put(agent, "capabilities", introduction.capabilities());
    Json.put(agent, "tools", introduction.tools());
    if (introduction.region() != null) {
      agent.put("region", introduction.region());
    }
    agent.put("max_concurrent", introduction.maxConcurrent());
    agent.put("version", introduction.version());
    agent.put("registration_id", introduction.registrationId().toString());
    return agent;
  }

  static Introduced read(ObjectNode body) {
    if (!Json.text(body, "status").equals("ok")) {
      throw new UnexpectedAnswer("status ok");
    }
    return new Introduced(updateKey(body));
  }

  static Optional<Secret> updateKey(ObjectNode body) {
    return body.path("update_key").isString()
        ? Optional.of(Secret.of(Json.text(body, "update_key")))
        : Optional.empty();
  }
}
