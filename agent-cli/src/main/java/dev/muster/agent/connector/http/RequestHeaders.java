package dev.muster.agent.connector.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.agent.connector.JobContext;
import dev.muster.agent.connector.RefusedException;
import dev.muster.agent.connector.SecretReferences;
import dev.muster.agent.vault.SecretTarget;
import dev.muster.domain.credential.Secret;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A request's headers, with their secrets. */
final class RequestHeaders {
  private static final int MOST = 100;
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");

  /** What could make the receiver, or a proxy before it, read another request than was checked. */
  private static final Set<String> REFUSED =
      Set.of(
          "host",
          // What comes back compressed or in another alphabet could not be redacted.
          "accept-encoding",
          "accept-charset",
          "connection",
          "content-length",
          "transfer-encoding",
          "expect",
          "upgrade",
          "te",
          "trailer",
          "keep-alive",
          "proxy-authorization",
          "proxy-connection");

  private RequestHeaders() {}

  static Map<String, Secret> of(JsonNode request, JobContext context, SecretTarget.Host target)
      throws RefusedException {
    JsonNode given = request.path("headers");
    if (!given.isObject() && !given.isMissingNode() || given.size() > MOST) {
      throw RefusedException.invalidPayload("request.headers must be an object of at most " + MOST);
    }
    Map<String, Secret> headers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> header : given.properties()) {
      String name = header.getKey();
      if (!NAME.matcher(name).matches() || !header.getValue().isString()) {
        throw RefusedException.invalidPayload("request.headers must hold names and texts");
      }
      if (REFUSED.contains(name.toLowerCase(Locale.ROOT))) {
        throw RefusedException.notAllowedHere("header " + name + " is the agent's own to set");
      }
      headers.put(
          name,
          checked(
              name, SecretReferences.resolveAll(header.getValue().stringValue(), context, target)));
    }
    if (request.has("basic_auth")) {
      headers.put("Authorization", basic(request.path("basic_auth"), context, target));
    }
    return headers;
  }

  private static Secret basic(JsonNode credentials, JobContext context, SecretTarget.Host target)
      throws RefusedException {
    JsonNode user = credentials.path("username");
    JsonNode password = credentials.path("password");
    if (!user.isString() || !password.isString() || credentials.size() != 2) {
      throw RefusedException.invalidPayload("request.basic_auth needs username and password");
    }
    String pair =
        SecretReferences.resolveAll(user.stringValue(), context, target).reveal()
            + ":"
            + SecretReferences.resolveAll(password.stringValue(), context, target).reveal();
    String encoded = Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    context.conceal(Secret.of(encoded));
    return Secret.of("Basic " + encoded);
  }

  private static Secret checked(String name, Secret value) throws RefusedException {
    boolean plain = value.reveal().chars().allMatch(c -> c == '\t' || c >= ' ' && c < 0x7f);
    if (!plain || value.reveal().length() > 16_384) {
      throw RefusedException.invalidPayload(
          "header " + name + " would hold a line end, another control, or what is not ASCII");
    }
    return value;
  }
}
