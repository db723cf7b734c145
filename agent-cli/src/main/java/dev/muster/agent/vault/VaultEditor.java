package dev.muster.agent.vault;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.vault.VaultReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Changes the vault on behalf of the host's operator. Safe for use by many processes. */
public final class VaultEditor {
  private final VaultFile file;

  private VaultEditor(VaultFile file) {
    this.file = file;
  }

  /** The vault at that path; made by the first change. */
  public static VaultEditor of(Path path) throws IOException {
    return new VaultEditor(new VaultFile(path, VaultFile.currentUser()));
  }

  /**
   * Where an entry may go.
   *
   * @param hosts {@code [scheme://]host[:port]}
   * @param tools by name, a pattern for each parameter
   * @param tenants slugs
   */
  public record Binding(
      List<String> hosts, Map<String, Map<String, String>> tools, List<String> tenants) {
    /** Whether it names nothing at all. */
    public boolean isEmpty() {
      return hosts.isEmpty() && tools.isEmpty() && tenants.isEmpty();
    }
  }

  /**
   * One version of a secret, without its value.
   *
   * @param bound whether it says where it may go
   */
  public record Listed(String name, int version, boolean bound) {}

  /**
   * Stores a value as the next version of its name.
   *
   * @param binding where it may go; empty to take over what the version before says
   * @return its reference, with the version
   * @throws VaultRefusedException if the value is too short or long, a target is none, or the entry
   *     would be bound to nothing without {@code allowUnbound}
   */
  public VaultReference set(
      VaultReference name, Secret value, Binding binding, boolean allowUnbound)
      throws IOException, VaultRefusedException {
    if (name.version().isPresent()) {
      throw new VaultRefusedException("give the name without a version: the next one is taken");
    }
    int[] stored = new int[1];
    file.change(document -> stored[0] = add(document, name, value, binding, allowUnbound));
    return new VaultReference(name.path(), name.key(), OptionalInt.of(stored[0]));
  }

  /** All versions of all secrets, by name. */
  public List<Listed> list() throws IOException, VaultRefusedException {
    return file.read().entries().stream()
        .map(entry -> new Listed(entry.name(), entry.version(), entry.targets().isPresent()))
        .sorted(Comparator.comparing(Listed::name).thenComparingInt(Listed::version))
        .toList();
  }

  /**
   * Removes one version, or all when the reference names none.
   *
   * @return how many were removed
   */
  public int remove(VaultReference reference) throws IOException, VaultRefusedException {
    int[] removed = new int[1];
    file.change(document -> {
      for (VaultEntry entry : document.versions(reference.name())) {
        if (reference.version().orElse(entry.version()) == entry.version()) {
          document.keyOf(entry.name(), entry.version()).ifPresent(document.tree()::remove);
          removed[0]++;
        }
      }
    });
    return removed[0];
  }

  private static int add(
      VaultDocument document,
      VaultReference name,
      Secret value,
      Binding binding,
      boolean allowUnbound)
      throws VaultRefusedException {
    Optional<String> problem = VaultEntryReader.valueProblem(value.reveal());
    if (problem.isPresent()) {
      throw new VaultRefusedException(problem.get());
    }
    List<VaultEntry> versions = document.versions(name.name());
    int next = versions.isEmpty() ? 1 : versions.getLast().version() + 1;
    JsonNode targets = binding.isEmpty() ? inherited(document, versions) : json(binding);
    if (targets.isMissingNode() && !allowUnbound) {
      throw new VaultRefusedException(
          "say where the secret may go: --for-host, --for-tool or --for-tenant");
    }
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.put("value", value.reveal());
    if (!targets.isMissingNode()) {
      entry.set("for", targets);
    }
    document.tree().set(name.name() + "/v" + next, entry);
    return next;
  }

  private static JsonNode inherited(VaultDocument document, List<VaultEntry> versions) {
    return versions.isEmpty()
        ? JsonNodeFactory.instance.missingNode()
        : document
            .keyOf(versions.getLast().name(), versions.getLast().version())
            .map(key -> document.tree().path(key).path("for"))
            .orElseGet(JsonNodeFactory.instance::missingNode);
  }

  private static ObjectNode json(Binding binding) {
    ObjectNode targets = JsonNodeFactory.instance.objectNode();
    if (!binding.hosts().isEmpty()) {
      ArrayNode hosts = targets.putArray("hosts");
      binding.hosts().forEach(hosts::add);
    }
    if (!binding.tools().isEmpty()) {
      ObjectNode tools = targets.putObject("tools");
      binding
          .tools()
          .forEach((tool, parameters) -> {
            ObjectNode patterns = tools.putObject(tool);
            parameters.forEach(patterns::put);
          });
    }
    if (!binding.tenants().isEmpty()) {
      ArrayNode tenants = targets.putArray("tenants");
      binding.tenants().forEach(tenants::add);
    }
    return targets;
  }
}
