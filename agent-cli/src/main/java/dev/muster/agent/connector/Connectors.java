package dev.muster.agent.connector;

import dev.muster.agent.configuration.Problems;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The connectors that this host's configuration lists. Safe for use by many threads. */
public final class Connectors {
  private final Map<String, Connector> allowed;

  private Connectors(Map<String, Connector> allowed) {
    this.allowed = Map.copyOf(allowed);
  }

  /**
   * Makes the listed connectors. Names that no provider has, unknown keys and wrong values are
   * noted as problems; with any, the result must not be used.
   *
   * @param listed the mapping below {@code connectors}; null or missing for none
   * @param plugins finds the providers
   */
  public static Connectors configured(
      @Nullable JsonNode listed,
      ConnectorEnvironment environment,
      ClassLoader plugins,
      Problems problems) {
    Map<String, ConnectorProvider> providers = new TreeMap<>();
    ServiceLoader.load(ConnectorProvider.class, plugins)
        .forEach(provider -> providers.put(provider.name(), provider));
    Map<String, Connector> made = new LinkedHashMap<>();
    if (listed == null || listed.isMissingNode() || listed.isNull()) {
      return new Connectors(made);
    }
    if (!listed.isObject()) {
      problems.add("connectors", "must be a mapping");
    }
    for (Map.Entry<String, JsonNode> entry : listed.properties()) {
      String path = "connectors." + entry.getKey();
      ConnectorProvider provider = providers.get(entry.getKey());
      if (provider == null) {
        problems.add(path, "no such connector; there are " + providers.keySet());
        continue;
      }
      try (var settings = new ConnectorSettings(path, entry.getValue(), problems)) {
        made.put(entry.getKey(), provider.create(settings, environment));
      }
    }
    return new Connectors(made);
  }

  /** The names of the connectors that are allowed here. */
  public Set<String> names() {
    return allowed.keySet();
  }

  /**
   * Runs a job to its end on this thread. Never fails by an exception of a connector.
   *
   * @param deadline when the job's run timeout is over
   * @return how it ended, redacted
   * @throws InterruptedException if this thread is interrupted; nothing is left running
   */
  public ConnectorOutcome run(
      Assignment assignment, JobReports reports, Cancellation cancellation, Instant deadline)
      throws InterruptedException {
    Optional<Connector> connector = pick(assignment.payload());
    if (connector.isEmpty()) {
      return new ConnectorOutcome.Failed(
          "not_allowed_here", "this agent's configuration does not allow this kind of job", false);
    }
    throw new UnsupportedOperationException("comes with the vault and the redactor");
  }

  private Optional<Connector> pick(ObjectNode payload) {
    JsonNode name = payload.path("connector");
    if (!name.isMissingNode()) {
      return Optional.ofNullable(allowed.get(name.asString("")));
    }
    return allowed.values().stream().filter(each -> each.takesUnnamed(payload)).findFirst();
  }
}
