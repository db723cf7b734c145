package dev.muster.agent.connector.ldap;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.agent.connector.JobContext;
import dev.muster.agent.connector.RefusedException;
import dev.muster.agent.connector.SecretReferences;
import dev.muster.domain.credential.Secret;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads what is to be written into a directory, with its secrets. */
final class DirectoryValues {
  private static final int LEAST_CONCEALED = 6;

  private final LdapServer server;
  private final JobContext context;

  DirectoryValues(LdapServer server, JobContext context) {
    this.server = server;
    this.context = context;
  }

  /** One value, or a list of them: texts, or {@code {"base64": "…"}} for bytes. */
  byte[][] read(String attribute, JsonNode given) throws RefusedException {
    List<byte[]> values = new ArrayList<>();
    if (given.isArray()) {
      for (JsonNode each : given) {
        values.add(one(attribute, each));
      }
    } else if (!given.isMissingNode()) {
      values.add(one(attribute, given));
    }
    return values.toArray(byte[][]::new);
  }

  private byte[] one(String attribute, JsonNode value) throws RefusedException {
    if (value.isObject() && value.size() == 1 && value.path("base64").isString()) {
      return decoded(value.path("base64").stringValue());
    }
    if (!value.isString()) {
      throw RefusedException.invalidPayload("values are texts or {\"base64\": \"…\"}");
    }
    return text(attribute, value.stringValue());
  }

  private byte[] text(String attribute, String value) throws RefusedException {
    if (!server.concealed().contains(attribute)) {
      if (SecretReferences.occurIn(value)) {
        // Elsewhere the next job could read it, and that one's redaction would not know it.
        throw RefusedException.notAllowedHere(
            "a secret may only become a value of an attribute that is never returned");
      }
      return value.getBytes(UTF_8);
    }
    Secret secret = SecretReferences.resolveAll(value, context, server.target());
    if (secret.reveal().length() >= LEAST_CONCEALED) {
      context.conceal(secret);
    }
    // As Active Directory wants it (MS-ADTS 3.1.1.3.1.5).
    return attribute.equalsIgnoreCase("unicodePwd")
        ? ("\"" + secret.reveal() + "\"").getBytes(UTF_16LE)
        : secret.bytes();
  }

  private static byte[] decoded(String base64) throws RefusedException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      throw RefusedException.invalidPayload("what stands in base64 is not base64");
    }
  }
}
