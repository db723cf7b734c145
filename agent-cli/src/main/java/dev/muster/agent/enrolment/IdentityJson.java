package dev.muster.agent.enrolment;

import dev.muster.domain.credential.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The identity on disk. */
final class IdentityJson {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private IdentityJson() {}

  static String write(Identity identity) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("server", identity.server().toString());
    node.put("agent_id", identity.agentId().toString());
    node.put("dedicated", identity.dedicated());
    node.put("tenant_id", identity.tenantId() == null ? null : identity.tenantId().toString());
    node.put("api_key", identity.apiKey().reveal());
    node.put("update_key", identity.updateKey().reveal());
    return node.toPrettyString() + "\n";
  }

  static Identity read(String text, Path file) throws StateRefusedException {
    try {
      JsonNode node = MAPPER.readTree(text);
      JsonNode tenant = node.required("tenant_id");
      return new Identity(
          URI.create(node.required("server").stringValue()),
          UUID.fromString(node.required("agent_id").stringValue()),
          node.required("dedicated").booleanValue(),
          tenant.isNull() ? null : UUID.fromString(tenant.stringValue()),
          Secret.of(node.required("api_key").stringValue()),
          Secret.of(node.required("update_key").stringValue()));
    } catch (JacksonException | IllegalArgumentException damaged) {
      throw new StateRefusedException(
          file + " is damaged: restore it, or remove it and enrol the agent again");
    }
  }
}
