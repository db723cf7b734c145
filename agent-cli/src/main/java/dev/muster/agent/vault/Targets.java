package dev.muster.agent.vault;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where one entry may go. Everything not named is refused, a tool's parameter that the entry does
 * not name included: it could be the one that says where the secret is sent. Immutable.
 *
 * @param tools by name, what each parameter may be
 * @param tenants slugs; empty for an entry that names none
 */
record Targets(
    List<HostRule> hosts, Map<String, Map<String, ParameterPattern>> tools, Set<String> tenants) {
  Targets {
    hosts = List.copyOf(hosts);
    tools = Map.copyOf(tools);
    tenants = Set.copyOf(tenants);
  }

  /** Why a secret may not go there; empty if it may. */
  Optional<String> refusal(SecretTarget target) {
    return switch (target) {
      case SecretTarget.Host host ->
          hosts.stream().anyMatch(rule -> rule.matches(host))
              ? Optional.empty()
              : Optional.of("it may not go to that host");
      case SecretTarget.Tool tool -> refusal(tool);
    };
  }

  private Optional<String> refusal(SecretTarget.Tool tool) {
    Map<String, ParameterPattern> allowed = tools.get(tool.name());
    if (allowed == null) {
      return Optional.of("it may not go to that tool");
    }
    if (!tool.parameters().keySet().containsAll(allowed.keySet())) {
      return Optional.of("a parameter that it depends on is missing");
    }
    for (Map.Entry<String, List<String>> parameter : tool.parameters().entrySet()) {
      ParameterPattern pattern = allowed.get(parameter.getKey());
      if (pattern == null || !parameter.getValue().stream().allMatch(pattern::matches)) {
        return Optional.of("not with that value of parameter " + parameter.getKey());
      }
    }
    return Optional.empty();
  }
}
