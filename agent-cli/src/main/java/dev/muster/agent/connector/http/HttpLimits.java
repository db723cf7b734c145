package dev.muster.agent.connector.http;

import dev.muster.agent.connector.RefusedException;
import dev.muster.agent.vault.HostRule;
import dev.muster.agent.vault.SecretTarget;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What the configuration allows.
 *
 * @param responseBytes the most that an answer's body may have
 * @param time the most that a job may take, redirects included
 */
record HttpLimits(List<HostRule> hosts, Set<String> methods, int responseBytes, Duration time) {
  HttpLimits {
    hosts = List.copyOf(hosts);
    methods = Set.copyOf(methods);
  }

  void check(SecretTarget.Host target, String method) throws RefusedException {
    if (hosts.stream().noneMatch(rule -> rule.matches(target))) {
      throw RefusedException.notAllowedHere("this agent may not send requests to that server");
    }
    if (!methods.contains(method)) {
      throw RefusedException.notAllowedHere("this agent may not send requests of that method");
    }
  }
}
