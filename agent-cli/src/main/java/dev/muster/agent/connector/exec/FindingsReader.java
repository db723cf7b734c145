package dev.muster.agent.connector.exec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.agent.connector.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.StringNode;

/** Reads what a tool found, in the form that it writes. */
final class FindingsReader {
  private static final int DEEPEST = 80;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private FindingsReader() {}

  static Optional<JsonNode> read(Tool tool, Path folder, OutputCapture stdout)
      throws RefusedException {
    if (tool.result().isEmpty()) {
      return Optional.empty();
    }
    ResultFormat format = tool.result().get();
    byte[] bytes = format.fromFile() ? file(tool, folder) : whole(stdout);
    try {
      return Optional.of(
          switch (format.form()) {
            case XML -> XmlAsJson.read(bytes);
            case JSON -> JSON.readTree(bytes);
            case JSON_LINES -> lines(new String(bytes, UTF_8));
            case TEXT -> StringNode.valueOf(new String(bytes, UTF_8));
          });
    } catch (JacksonException | XMLStreamException e) {
      throw unreadable("the tool's result is not in the form that is configured");
    }
  }

  private static byte[] whole(OutputCapture stdout) throws RefusedException {
    if (stdout.isTruncated()) {
      throw unreadable("the tool's result is larger than its output limit");
    }
    return stdout.bytes();
  }

  private static byte[] file(Tool tool, Path folder) throws RefusedException {
    Path file = folder.resolve(ResultFormat.FILE);
    int limit = tool.limits().outputBytes();
    // A link could lead to any file of the agent's user.
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw unreadable("the tool has left no result file");
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw unreadable("the tool's result is larger than its output limit");
      }
      return bytes;
    } catch (IOException e) {
      throw unreadable("the tool's result file cannot be read");
    }
  }

  private static ArrayNode lines(String text) {
    ArrayNode values = JSON.createArrayNode();
    text.lines().filter(line -> !line.isBlank()).forEach(line -> values.add(JSON.readTree(line)));
    return values;
  }

  private static RefusedException unreadable(String message) {
    return RefusedException.of("tool_result_unreadable", message, false);
  }
}
