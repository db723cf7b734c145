package dev.muster.agent.vault;

import dev.muster.agent.configuration.Problems;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The vault's text: an object of entries, each under {@code <path>/<key>[/v<n>]}. The parsed tree
 * is kept as it was, so that a change to one entry leaves the others untouched. Not safe for
 * threads while it is being changed.
 */
final class VaultDocument {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final ObjectNode tree;

  private VaultDocument(ObjectNode tree) {
    this.tree = tree;
  }

  static VaultDocument empty() {
    return new VaultDocument(JSON.createObjectNode());
  }

  static VaultDocument parse(byte[] text) throws VaultRefusedException {
    try {
      if (JSON.readTree(text) instanceof ObjectNode object) {
        return new VaultDocument(object);
      }
      throw new VaultRefusedException("the vault must be a JSON object");
    } catch (JacksonException e) {
      // The parser's own message quotes what it stumbled over, which may be a secret.
      TokenStreamLocation at = e.getLocation();
      throw new VaultRefusedException(
          "the vault is not JSON without duplicate keys"
              + (at == null ? "" : ": line " + at.getLineNr() + ", column " + at.getColumnNr()));
    }
  }

  byte[] text() {
    return JSON.writeValueAsBytes(tree);
  }

  ObjectNode tree() {
    return tree;
  }

  /**
   * All entries, checked.
   *
   * @throws VaultRefusedException naming every problem
   */
  List<VaultEntry> entries() throws VaultRefusedException {
    Problems problems = new Problems();
    List<VaultEntry> entries =
        tree.properties().stream()
            .map(each -> VaultEntryReader.read(each.getKey(), each.getValue(), problems))
            .flatMap(Optional::stream)
            .toList();
    noteDoubles(entries, problems);
    if (!problems.isEmpty()) {
      throw new VaultRefusedException(
          problems.list().stream()
              .map(problem -> problem.path() + ": " + problem.message())
              .collect(Collectors.joining("; ")));
    }
    return entries;
  }

  /** The versions of one secret, oldest first. */
  List<VaultEntry> versions(String name) throws VaultRefusedException {
    return entries().stream()
        .filter(entry -> entry.name().equals(name))
        .sorted(Comparator.comparingInt(VaultEntry::version))
        .toList();
  }

  /** The key that a version is stored under; the first may stand without a number. */
  Optional<String> keyOf(String name, int version) {
    String numbered = name + "/v" + version;
    if (tree.has(numbered)) {
      return Optional.of(numbered);
    }
    return version == 1 && tree.has(name) ? Optional.of(name) : Optional.empty();
  }

  private static void noteDoubles(List<VaultEntry> entries, Problems problems) {
    entries.stream()
        .collect(Collectors.groupingBy(entry -> entry.name() + "/v" + entry.version()))
        .forEach((name, same) -> {
          if (same.size() > 1) {
            problems.add(name, "is there twice, with and without its number");
          }
        });
  }
}
