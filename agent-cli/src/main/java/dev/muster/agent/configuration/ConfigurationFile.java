package dev.muster.agent.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads {@code agent.yaml}. */
public final class ConfigurationFile {
  /** Where the file is looked for when nobody names another. */
  public static final Path USUAL = Path.of("/etc/muster-agent/agent.yaml");

  /** The variable that names another file. */
  public static final String VARIABLE = "MUSTER_AGENT_CONFIG";

  private static final long MOST_BYTES = 1024 * 1024;

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .build();

  /** Keys of the design that this version cannot honour yet. */
  private static final Set<String> LATER = Set.of("transport", "accept-injected-secrets");

  private ConfigurationFile() {}

  /** Reads a file; what is wrong with it is noted, and what could be read is returned. */
  public static ObjectNode read(Path file, Problems problems) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        problems.add(file.toString(), "is larger than 1 MiB");
        return empty();
      }
      refuseWritable(file, problems);
      ObjectNode read = parse(Files.readString(file), file.toString(), problems);
      refuseReadable(file, read, problems);
      return read;
    } catch (NoSuchFileException missing) {
      problems.add(file.toString(), "does not exist");
    } catch (IOException unreadable) {
      problems.add(file.toString(), "cannot be read: " + unreadable.getClass().getSimpleName());
    }
    return empty();
  }

  static ObjectNode parse(String text, String name, Problems problems) {
    JsonNode root;
    try {
      root = MAPPER.readTree(text);
    } catch (JacksonException notYaml) {
      problems.add(name, "is not valid YAML: " + firstLine(notYaml));
      return empty();
    }
    if (root == null || root.isMissingNode() || root.isNull()) {
      return empty();
    }
    if (!(root instanceof ObjectNode object)) {
      problems.add(name, "must be a mapping");
      return empty();
    }
    refuseUnknown(object, "", problems);
    return object;
  }

  /** No file at all. */
  public static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static void refuseUnknown(ObjectNode node, String prefix, Problems problems) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String path = prefix + entry.getKey();
      if (path.equals("connectors") || Setting.keys().contains(path)) {
        continue;
      }
      if (LATER.contains(path)) {
        problems.add(path, "is not supported by this version");
      } else if (Setting.keys().stream().noneMatch(key -> key.startsWith(path + "."))) {
        problems.add(path, "unknown key");
      } else if (entry.getValue() instanceof ObjectNode inner) {
        refuseUnknown(inner, path + ".", problems);
      } else if (!entry.getValue().isNull()) {
        problems.add(path, "must be a mapping");
      }
    }
  }

  /** Whoever can write the file decides what runs on this host. */
  private static void refuseWritable(Path file, Problems problems) throws IOException {
    if (permissions(file).contains(PosixFilePermission.OTHERS_WRITE)) {
      problems.add(file.toString(), "can be written by everyone: chmod o-w it");
    }
  }

  /** Of a proxy's address with a user only the agent's own user needs to know. */
  private static void refuseReadable(Path file, ObjectNode read, Problems problems)
      throws IOException {
    boolean isSecret = read.path(Setting.HTTPS_PROXY.key()).asString("").contains("@");
    if (isSecret && permissions(file).contains(PosixFilePermission.OTHERS_READ)) {
      problems.add(
          file.toString(),
          "holds the password of a proxy and can be read by everyone: chmod o-r it");
    }
  }

  private static Set<PosixFilePermission> permissions(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    return view == null ? Set.of() : view.readAttributes().permissions();
  }

  private static String firstLine(JacksonException failure) {
    String where =
        failure.getLocation() == null ? "" : "line " + failure.getLocation().getLineNr() + ", ";
    return where + failure.getOriginalMessage().lines().findFirst().orElse("");
  }
}
