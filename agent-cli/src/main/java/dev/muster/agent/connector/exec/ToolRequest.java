package dev.muster.agent.connector.exec;

import dev.muster.agent.connector.RefusedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What a payload asks of a tool, checked.
 *
 * @param parameters the values of each, those left out included as none
 * @param references the vault references, by the name of the secret
 */
record ToolRequest(Map<String, List<String>> parameters, Map<String, String> references) {
  private static final Set<String> NOT_PARAMETERS = Set.of("tool", "connector");

  static ToolRequest of(ObjectNode payload, Tool tool) throws RefusedException {
    Map<String, String> references = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : payload.properties()) {
      String name = entry.getKey();
      if (tool.secrets().containsKey(name)) {
        references.put(name, entry.getValue().asString(""));
      } else if (!tool.parameters().containsKey(name) && !NOT_PARAMETERS.contains(name)) {
        throw RefusedException.notAllowedHere(
            "tool " + tool.name() + " takes no parameter of the name given here");
      }
    }
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, ParameterRule> rule : tool.parameters().entrySet()) {
      List<String> values = values(rule.getKey(), rule.getValue(), payload.path(rule.getKey()));
      if (!values.isEmpty()) {
        parameters.put(rule.getKey(), values);
      }
    }
    return new ToolRequest(parameters, references);
  }

  private static List<String> values(String name, ParameterRule rule, JsonNode given)
      throws RefusedException {
    if (!given.isMissingNode() && !given.isNull()) {
      return rule.check(name, given);
    }
    if (rule.fallback().isPresent()) {
      return rule.check(name, StringNode.valueOf(rule.fallback().get()));
    }
    if (rule.required()) {
      throw RefusedException.invalidPayload("parameter " + name + " is missing");
    }
    return List.of();
  }
}
