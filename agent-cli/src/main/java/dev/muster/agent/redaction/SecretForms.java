package dev.muster.agent.redaction;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.domain.credential.Secret;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every form in which a secret may show up, as strings whose characters are bytes. */
final class SecretForms {
  /** Shorter parts (a line that is only a brace) are left alone, or little text would remain. */
  private static final int LEAST_PART = 4;

  private static final JsonMapper JSON = new JsonMapper();

  private SecretForms() {}

  static Set<String> of(Secret secret) {
    Set<String> forms = new LinkedHashSet<>();
    for (String part : parts(secret.reveal())) {
      byte[] bytes = part.getBytes(UTF_8);
      forms.add(new String(bytes, ISO_8859_1));
      forms.addAll(Base64Forms.of(bytes));
      forms.addAll(UrlForms.of(bytes));
      forms.addAll(HexForms.of(bytes));
      forms.addAll(EscapedForms.of(part));
    }
    forms.removeIf(form -> form.length() < LEAST_PART);
    return forms;
  }

  private static Set<String> parts(String value) {
    Set<String> parts = new LinkedHashSet<>();
    parts.add(value);
    for (String line : value.split("\\R")) {
      parts.add(line);
      parts.add(line.strip());
    }
    addLeaves(value, parts);
    parts.removeIf(part -> part.length() < LEAST_PART);
    return parts;
  }

  // A secret that is itself JSON may come back taken apart, for example as part of a result.
  private static void addLeaves(String value, Set<String> parts) {
    if (value.stripLeading().startsWith("{") || value.stripLeading().startsWith("[")) {
      try {
        collectTexts(JSON.readTree(value), parts);
      } catch (JacksonException notJson) {
        // Then it has no parts of this kind.
      }
    }
  }

  private static void collectTexts(JsonNode node, Set<String> parts) {
    if (node.isString() && node.stringValue().length() >= 6) {
      parts.addAll(parts(node.stringValue()));
    }
    node.forEach(child -> collectTexts(child, parts));
  }
}
