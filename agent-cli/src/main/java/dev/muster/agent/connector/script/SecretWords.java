package dev.muster.agent.connector.script;

import dev.muster.agent.connector.RefusedException;
import dev.muster.agent.connector.SecretReferences;
import dev.muster.domain.vault.VaultReference;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The words that a script knows its secrets by. Only they become references again: a text that some
 * server answered, and that the script passes on to another, asks for no secret. For one job; not
 * safe for threads.
 */
final class SecretWords {
  private static final Pattern WORD = Pattern.compile("muster-secret-[0-9a-f-]{36}");

  /** What would be read as part of the reference that takes the word's place. */
  private static final Pattern GOES_ON = Pattern.compile("[A-Za-z0-9._/-]");

  private final Map<String, String> references = new HashMap<>();

  /** A word for a reference. */
  String issue(JsonNode reference) throws RefusedException {
    String text =
        VaultReference.parse(reference.asString(""))
            .map(VaultReference::toString)
            .orElseThrow(() -> RefusedException.invalidPayload("secret() takes a vault reference"));
    String word = "muster-secret-" + UUID.randomUUID();
    references.put(word, text);
    return word;
  }

  /** A copy with the references in the place of their words. */
  JsonNode inPlace(JsonNode node) throws RefusedException {
    if (node.isString()) {
      return StringNode.valueOf(inPlace(node.stringValue()));
    }
    if (node instanceof ArrayNode list) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      for (JsonNode item : list) {
        copy.add(inPlace(item));
      }
      return copy;
    }
    if (node instanceof ObjectNode object) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        copy.set(entry.getKey(), inPlace(entry.getValue()));
      }
      return copy;
    }
    return node;
  }

  private String inPlace(String text) throws RefusedException {
    if (SecretReferences.occurIn(text)) {
      throw RefusedException.notAllowedHere("a script names its secrets with secret() only");
    }
    Matcher words = WORD.matcher(text);
    StringBuilder out = new StringBuilder();
    int from = 0;
    while (words.find()) {
      String reference = references.get(words.group());
      if (reference != null) {
        if (GOES_ON.matcher(text).region(words.end(), text.length()).lookingAt()) {
          throw RefusedException.invalidPayload(
              "after a secret comes its text's end, or none of A-Z a-z 0-9 . _ / -");
        }
        out.append(text, from, words.start()).append(reference);
        from = words.end();
      }
    }
    return out.append(text, from, text.length()).toString();
  }
}
