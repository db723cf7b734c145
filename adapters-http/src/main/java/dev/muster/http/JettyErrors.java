package dev.muster.http;

import dev.muster.wire.caller.RequestIdRandomness;
import dev.muster.wire.problem.Problem;
import dev.muster.wire.problem.ProblemJson;
import dev.muster.wire.problem.Refusals;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Says what Jetty refuses, before any route, in the same form as everything else. */
final class JettyErrors extends ErrorHandler {
  private final RequestIdRandomness ids;

  JettyErrors(RequestIdRandomness ids) {
    this.ids = ids;
  }

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    var problem = Refusals.ofStatus(code);
    var requestId = ids.takeOrMake(request.getHeaders().get(RequestIdRandomness.HEADER));
    response.setStatus(problem.code().status());
    addHeaders(response.getHeaders(), problem, requestId);
    response.write(true, ByteBuffer.wrap(ProblemJson.bytes(problem, requestId)), callback);
  }

  private static void addHeaders(HttpFields.Mutable fields, Problem problem, String requestId) {
    fields.put(new HttpField(HttpHeader.CONTENT_TYPE, ProblemJson.MEDIA_TYPE));
    fields.put(new HttpField(HttpHeader.CACHE_CONTROL, "no-store"));
    fields.put(new HttpField("X-Content-Type-Options", "nosniff"));
    fields.put(new HttpField(RequestIdRandomness.HEADER, requestId));
    problem.headers().forEach((name, value) -> fields.put(new HttpField(name, value)));
  }
}
