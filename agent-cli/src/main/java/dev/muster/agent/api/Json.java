package dev.muster.agent.api;

import dev.muster.domain.job.JobId;
import java.util.List;
import java.util.UUID;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reading and writing of the wire's JSON; what is not there is an {@link UnexpectedAnswer}. */
final class Json {
  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(120).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static byte[] bytes(JsonNode node) {
    return MAPPER.writeValueAsBytes(node);
  }

  static void put(ObjectNode object, String key, List<String> values) {
    ArrayNode array = object.putArray(key);
    values.forEach(array::add);
  }

  static String text(JsonNode object, String key) {
    JsonNode value = object.path(key);
    if (!value.isString()) {
      throw new UnexpectedAnswer(key);
    }
    return value.stringValue();
  }

  static int number(JsonNode object, String key) {
    JsonNode value = object.path(key);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new UnexpectedAnswer(key);
    }
    return value.intValue();
  }

  static UUID uuid(JsonNode object, String key) {
    return uuid(text(object, key), key);
  }

  static UUID uuid(String text, String key) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException notAnId) {
      throw new UnexpectedAnswer(key);
    }
  }

  /** A list of job ids; none when the key is missing. */
  static List<JobId> jobIds(JsonNode object, String key) {
    return object.path(key).valueStream().map(id -> new JobId(uuid(id.asString(""), key))).toList();
  }
}
