package dev.muster.agent.api;

import dev.muster.agent.api.ServerApi.Acknowledged;
import dev.muster.agent.api.StatusReport.Failure;
import dev.muster.agent.api.StatusReport.State;
import dev.muster.domain.job.LogLine;
import dev.muster.domain.job.Progress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Status reports and log lines on the wire. */
final class ReportJson {
  private ReportJson() {}

  static ObjectNode write(StatusReport report) {
    ObjectNode body = Json.object();
    body.put("attempt", report.lease().attempt());
    body.put("status", report.state().wireName());
    Progress progress = report.progress();
    if (progress != null) {
      ObjectNode written = body.putObject("progress");
      written.put("percent", progress.percent());
      String message = progress.message();
      written.put("message", message == null ? null : WireText.clean(message));
    }
    JsonNode result = report.result();
    if (result != null) {
      body.set("result", WireText.clean(result));
    }
    Failure error = report.error();
    if (error != null) {
      body.putObject("error")
          .put("class", error.errorClass())
          .put("message", WireText.clean(error.message()))
          .put("retryable", error.retryable());
    }
    return body;
  }

  static Optional<StatusReport> read(Lease lease, byte[] bytes) {
    try {
      JsonNode body = Json.MAPPER.readTree(bytes);
      if (Json.number(body, "attempt") != lease.attempt()) {
        return Optional.empty();
      }
      State state = State.valueOf(Json.text(body, "status").toUpperCase(Locale.ROOT));
      JsonNode error = body.path("error");
      return Optional.of(
          new StatusReport(
              lease,
              state,
              null,
              body.get("result"),
              error.isObject()
                  ? new Failure(
                      Json.text(error, "class"),
                      Json.text(error, "message"),
                      error.path("retryable").asBoolean())
                  : null));
    } catch (JacksonException | IllegalArgumentException | UnexpectedAnswer damaged) {
      return Optional.empty();
    }
  }

  static ObjectNode write(Lease lease, List<LogLine> lines) {
    ObjectNode body = Json.object();
    body.put("attempt", lease.attempt());
    ArrayNode array = body.putArray("lines");
    for (LogLine line : lines) {
      array
          .addObject()
          .put("seq", line.seq())
          .put("stream", line.stream().name().toLowerCase(Locale.ROOT))
          .put("at", line.at().toString())
          .put("text", WireText.clean(line.text()));
    }
    return body;
  }

  /** Of an outcome nothing is kept once it is taken, so that must be Muster's own word. */
  static Acknowledged taken(ObjectNode body) {
    Json.text(body, "status");
    Json.number(body, "attempt");
    return new Acknowledged();
  }

  static Acknowledged shipped(ObjectNode body) {
    Json.number(body, "accepted");
    return new Acknowledged();
  }
}
