package dev.muster.agent.connector.ldap;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An entry as JSON: every attribute a list, values that are no text as {@code {"base64": "…"}}.
 *
 * @param bytes about as many as it has, written
 */
record EntryJson(ObjectNode node, long bytes) {
  private static final String HIDDEN = "[redacted]";

  static EntryJson of(SearchResultEntry entry, ConcealedAttributes concealed) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("dn", entry.getDN());
    ObjectNode attributes = node.putObject("attributes");
    long bytes = entry.getDN().length();
    for (Attribute attribute : entry.getAttributes()) {
      bytes += attribute.getName().length();
      ArrayNode values = attributes.putArray(attribute.getName());
      if (concealed.contains(attribute.getName())) {
        values.add(HIDDEN);
        continue;
      }
      for (byte[] value : attribute.getValueByteArrays()) {
        bytes += add(value, values);
      }
    }
    return new EntryJson(node, bytes);
  }

  private static long add(byte[] value, ArrayNode values) {
    Optional<String> text = text(value);
    if (text.isPresent()) {
      values.add(text.get());
      return value.length;
    }
    values.addObject().put("base64", Base64.getEncoder().encodeToString(value));
    return value.length * 4L / 3 + 16;
  }

  private static Optional<String> text(byte[] value) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
      return text.chars().allMatch(EntryJson::isText) ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException binary) {
      return Optional.empty();
    }
  }

  private static boolean isText(int character) {
    return !Character.isISOControl(character)
        || character == '\n'
        || character == '\r'
        || character == '\t';
  }
}
