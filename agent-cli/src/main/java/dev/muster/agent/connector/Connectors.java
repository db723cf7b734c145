package dev.muster.agent.connector;

import dev.muster.agent.configuration.Problems;
import dev.muster.agent.vault.Vault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The connectors that this host's configuration lists. Safe for use by many threads. */
public final class Connectors {
  private static final Logger log = LoggerFactory.getLogger(Connectors.class);

  private final Map<String, Connector> allowed;
  private final Path workFolder;
  private final Vault vault;

  private Connectors(Map<String, Connector> allowed, Path workFolder, Vault vault) {
    this.allowed = Map.copyOf(allowed);
    this.workFolder = workFolder;
    this.vault = vault;
  }

  /**
   * Makes the listed connectors. Names that no provider has, unknown keys and wrong values are
   * noted as problems; with any, the result must not be used.
   *
   * @param listed the mapping below {@code connectors}; null or missing for none
   * @param providers can make those that there are
   */
  public static Connectors configured(
      @Nullable JsonNode listed,
      ConnectorEnvironment environment,
      Vault vault,
      ConnectorProviders providers,
      Problems problems) {
    Map<String, Connector> made = new LinkedHashMap<>();
    if (listed == null || listed.isMissingNode() || listed.isNull()) {
      return new Connectors(made, environment.workFolder(), vault);
    }
    if (!listed.isObject()) {
      problems.add("connectors", "must be a mapping");
    }
    for (Map.Entry<String, JsonNode> entry : listed.properties()) {
      String path = "connectors." + entry.getKey();
      ConnectorProvider provider = providers.byName().get(entry.getKey());
      if (provider == null) {
        problems.add(
            path, "no such connector; there are " + new TreeSet<>(providers.byName().keySet()));
        continue;
      }
      try (var settings = new ConnectorSettings(path, entry.getValue(), problems)) {
        made.put(entry.getKey(), provider.create(settings, environment));
      } catch (LinkageError otherVersion) {
        // A plug-in that was made for another agent.
        problems.add(path, "does not fit this agent: " + otherVersion.getClass().getSimpleName());
      }
    }
    made.values().forEach(connector -> connector.meet(made));
    return new Connectors(made, environment.workFolder(), vault);
  }

  /** The names of the connectors that are allowed here. */
  public Set<String> names() {
    return allowed.keySet();
  }

  /** Whether any of them needs jobs to come with tokens of their own. */
  public boolean needJobTokens() {
    return allowed.values().stream().anyMatch(Connector::needsJobTokens);
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
    Optional<WorkingFolder> folder = createFolder(assignment);
    if (folder.isEmpty()) {
      return new ConnectorOutcome.Failed(
          "agent_storage", "the agent could not make the job's working folder", true);
    }
    try {
      RunningJob job =
          new RunningJob(assignment, vault, reports, cancellation, folder.get().path(), deadline);
      return job.finish(run(connector.get(), assignment, job));
    } finally {
      remove(folder.get());
    }
  }

  private Optional<WorkingFolder> createFolder(Assignment assignment) {
    try {
      return Optional.of(WorkingFolder.create(workFolder, assignment));
    } catch (IOException e) {
      log.error("cannot make a working folder in {}", workFolder, e);
      return Optional.empty();
    }
  }

  // The work is done and has its outcome, whether or not the folder can be removed.
  private static void remove(WorkingFolder folder) {
    try {
      folder.close();
    } catch (IOException e) {
      log.warn("cannot remove the working folder {}", folder.path(), e);
    }
  }

  // What a broken connector says is not passed on: it may quote a secret that nobody resolved.
  private static ConnectorOutcome run(
      Connector connector, Assignment assignment, JobContext context) throws InterruptedException {
    try {
      return connector.run(assignment, context);
    } catch (RuntimeException | LinkageError e) {
      log.error(
          "job {}: connector {} broke down: {}",
          assignment.jobId(),
          connector.name(),
          e.getClass().getName());
      return new ConnectorOutcome.Failed(
          "connector_failed", "the connector broke down: " + e.getClass().getSimpleName(), false);
    }
  }

  private Optional<Connector> pick(ObjectNode payload) {
    JsonNode name = payload.path("connector");
    if (!name.isMissingNode()) {
      return Optional.ofNullable(allowed.get(name.asString("")));
    }
    return allowed.values().stream().filter(each -> each.takesUnnamed(payload)).findFirst();
  }
}
