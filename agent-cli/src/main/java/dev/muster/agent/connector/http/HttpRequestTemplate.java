package dev.muster.agent.connector.http;

import dev.muster.agent.connector.JobContext;
import dev.muster.agent.connector.RefusedException;
import dev.muster.domain.credential.Secret;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A request with its secrets, for one server. The same server may redirect it.
 *
 * @param url where it goes first
 */
record HttpRequestTemplate(
    TargetUrl url, String method, Map<String, Secret> headers, Optional<RequestBody> body) {
  private static final Set<String> KEYS = Set.of("method", "url", "headers", "body", "basic_auth");

  static HttpRequestTemplate of(JsonNode request, HttpLimits limits, JobContext context)
      throws RefusedException {
    for (String key : request.propertyNames()) {
      if (!KEYS.contains(key)) {
        throw RefusedException.invalidPayload("request knows " + KEYS + " only");
      }
    }
    TargetUrl url = TargetUrl.parse(request.path("url").asString(""));
    String method = request.path("method").asString("GET");
    limits.check(url.host(), method);
    Map<String, Secret> headers =
        new LinkedHashMap<>(RequestHeaders.of(request, context, url.host()));
    Optional<RequestBody> body = RequestBody.of(request.path("body"), context, url.host());
    boolean typed = headers.keySet().stream().anyMatch("content-type"::equalsIgnoreCase);
    if (body.filter(RequestBody::isJson).isPresent() && !typed) {
      headers.put("Content-Type", Secret.of("application/json"));
    }
    return new HttpRequestTemplate(url, method, headers, body);
  }

  /** The same request after a redirect: 307 and 308 keep it, all others make it a GET. */
  HttpRequestTemplate redirected(TargetUrl to, int status) {
    boolean keeps = status == 307 || status == 308 || method.equals("HEAD");
    return new HttpRequestTemplate(
        to, keeps ? method : "GET", headers, keeps ? body : Optional.empty());
  }

  HttpRequest build() {
    HttpRequest.Builder builder = HttpRequest.newBuilder(url.uri());
    headers.forEach((name, value) -> builder.setHeader(name, value.reveal()));
    return builder
        .method(
            method,
            body.map(each -> BodyPublishers.ofByteArray(each.text().bytes()))
                .orElse(BodyPublishers.noBody()))
        .build();
  }
}
