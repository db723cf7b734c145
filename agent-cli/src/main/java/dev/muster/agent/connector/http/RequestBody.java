package dev.muster.agent.connector.http;

import dev.muster.agent.connector.JobContext;
import dev.muster.agent.connector.RefusedException;
import dev.muster.agent.connector.SecretReferences;
import dev.muster.agent.vault.SecretTarget;
import dev.muster.domain.credential.Secret;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A request's body: a text as it is, or JSON. In JSON the secrets are put in before it is written,
 * so that they are escaped as they must be.
 *
 * @param isJson whether the media type follows from the body
 */
record RequestBody(Secret text, boolean isJson) {
  private static final JsonMapper JSON = new JsonMapper();

  static Optional<RequestBody> of(JsonNode body, JobContext context, SecretTarget.Host target)
      throws RefusedException {
    if (body.isMissingNode() || body.isNull()) {
      return Optional.empty();
    }
    if (body.isString()) {
      Secret text = SecretReferences.resolveAll(body.stringValue(), context, target);
      return Optional.of(new RequestBody(text, false));
    }
    String json = JSON.writeValueAsString(resolved(body, context, target));
    return Optional.of(new RequestBody(Secret.of(json), true));
  }

  private static JsonNode resolved(JsonNode node, JobContext context, SecretTarget.Host target)
      throws RefusedException {
    if (node.isString()) {
      return StringNode.valueOf(
          SecretReferences.resolveAll(node.stringValue(), context, target).reveal());
    }
    if (node instanceof ArrayNode list) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      for (JsonNode item : list) {
        copy.add(resolved(item, context, target));
      }
      return copy;
    }
    if (node instanceof ObjectNode object) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        copy.set(entry.getKey(), resolved(entry.getValue(), context, target));
      }
      return copy;
    }
    return node;
  }
}
