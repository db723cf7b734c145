package dev.muster.agent.connector.http;

import dev.muster.agent.connector.ConnectorOutcome;
import dev.muster.agent.connector.RefusedException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * What an answer must be for the job to have succeeded.
 *
 * @param anyStatus whether every status will do
 * @param statuses any of these; empty for every 2xx
 * @param bodyContains a part of the body
 * @param json what stands at some JSON pointers (RFC 6901) of the body
 */
record Expectation(
    boolean anyStatus,
    Set<Integer> statuses,
    Optional<String> bodyContains,
    Map<String, JsonNode> json) {
  private static final Set<String> KEYS = Set.of("status", "body_contains", "json");

  static Expectation of(JsonNode expect) throws RefusedException {
    if (!expect.isMissingNode() && !expect.isObject()) {
      throw RefusedException.invalidPayload("expect must be an object");
    }
    for (String key : expect.propertyNames()) {
      if (!KEYS.contains(key)) {
        throw RefusedException.invalidPayload("expect knows " + KEYS + " only");
      }
    }
    JsonNode contains = expect.path("body_contains");
    Map<String, JsonNode> json = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : expect.path("json").properties()) {
      if (!entry.getKey().isEmpty() && !entry.getKey().startsWith("/")) {
        throw RefusedException.invalidPayload("expect.json must hold JSON pointers");
      }
      json.put(entry.getKey(), entry.getValue());
    }
    boolean anyStatus = expect.path("status").asString("").equals("any");
    return new Expectation(
        anyStatus,
        anyStatus ? Set.of() : statuses(expect.path("status")),
        contains.isString() ? Optional.of(contains.stringValue()) : Optional.empty(),
        json);
  }

  /**
   * Why the answer is not what was expected; empty if it is.
   *
   * <p>It sees the answer as it will be reported, redacted: who sent the job could otherwise ask
   * for a secret that comes back, piece by piece.
   */
  Optional<ConnectorOutcome.Failed> failure(
      int status, String text, JsonNode body, UnaryOperator<String> redacted) {
    boolean expected =
        anyStatus
            || (statuses.isEmpty() ? status >= 200 && status < 300 : statuses.contains(status));
    if (!expected) {
      return Optional.of(
          new ConnectorOutcome.Failed(
              "http_status", "the server answered " + status, status == 429 || status >= 500));
    }
    if (bodyContains.isPresent() && !redacted.apply(text).contains(bodyContains.get())) {
      return Optional.of(unexpected("the body does not hold the expected text"));
    }
    return json.entrySet().stream()
        .filter(entry -> !isAsExpected(body.at(entry.getKey()), entry.getValue(), redacted))
        .findFirst()
        .map(entry -> unexpected("the body has something else at " + entry.getKey()));
  }

  private static boolean isAsExpected(
      JsonNode node, JsonNode expected, UnaryOperator<String> redacted) {
    String text = node.toString();
    return node.equals(expected) && redacted.apply(text).equals(text);
  }

  private static ConnectorOutcome.Failed unexpected(String message) {
    return new ConnectorOutcome.Failed("expectation_failed", message, false);
  }

  private static Set<Integer> statuses(JsonNode status) throws RefusedException {
    Set<Integer> statuses = new HashSet<>();
    if (status.isInt()) {
      statuses.add(status.intValue());
    } else if (status.isArray()) {
      for (JsonNode each : status) {
        statuses.add(each.asInt(0));
      }
    }
    if (!status.isMissingNode()
        && (statuses.isEmpty() || statuses.stream().anyMatch(s -> s < 100))) {
      throw RefusedException.invalidPayload(
          "expect.status must be a status, a list of them, or any");
    }
    return statuses;
  }
}
