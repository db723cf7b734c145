package dev.muster.http;

import dev.muster.http.route.Answer;
import dev.muster.wire.caller.RequestIdRandomness;
import dev.muster.wire.json.Json;
import dev.muster.wire.problem.Problem;
import dev.muster.wire.problem.ProblemJson;
import io.javalin.http.Context;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** Writes answers and problems, with the headers that all of them carry. */
final class AnswerWriter {
  private static final String JSON = "application/json";

  private AnswerWriter() {}

  /** To be called first, so that even a failure carries the id. */
  static void begin(Context context, String requestId) {
    context.header(RequestIdRandomness.HEADER, requestId);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Cache-Control", "no-store");
  }

  static void write(Context context, Answer answer) throws IOException {
    context.status(answer.status());
    answer.headers().forEach(context::header);
    switch (answer) {
      case Answer.Json json -> write(context, JSON, Json.bytes(json.body()));
      case Answer.Empty empty -> context.res().setContentType(null);
      case Answer.Content content -> write(context, content.mediaType(), content.bytes());
      case Answer.Stream stream -> {
        context.contentType(stream.mediaType());
        if (!isHead(context)) {
          stream.writer().writeTo(context.outputStream());
        }
      }
    }
  }

  /** What is streamed is not made for somebody who asks for the headers alone. */
  static boolean isHead(Context context) {
    return context.req().getMethod().equals("HEAD");
  }

  /** Cuts the connection, so that nobody takes for whole what came of an answer. */
  static void breakOff(Context context) {
    ServletContextRequest.getServletContextRequest(context.req())
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close();
  }

  static void write(Context context, Problem problem, String requestId) {
    context.status(problem.code().status());
    problem.headers().forEach(context::header);
    write(context, ProblemJson.MEDIA_TYPE, ProblemJson.bytes(problem, requestId));
  }

  private static void write(Context context, String mediaType, byte[] bytes) {
    context.contentType(mediaType).result(bytes);
  }
}
