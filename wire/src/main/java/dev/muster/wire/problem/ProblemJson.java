package dev.muster.wire.problem;

import dev.muster.wire.json.Json;

/** Writes problem documents. */
public final class ProblemJson {
  /** The media type of RFC 9457. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private ProblemJson() {}

  /** The document in UTF-8. */
  public static byte[] bytes(Problem problem, String requestId) {
    var code = problem.code();
    var body = Json.object();
    body.put("type", "urn:muster:problem:" + code.code());
    body.put("title", code.title());
    body.put("status", code.status());
    body.put("detail", problem.detail());
    body.put("code", code.code());
    body.put("request_id", requestId);
    if (!problem.errors().isEmpty()) {
      var errors = body.putArray("errors");
      problem
          .errors()
          .forEach(e -> errors.addObject().put("pointer", e.pointer()).put("message", e.message()));
    }
    problem.members().forEach(body::put);
    return Json.bytes(body);
  }
}
