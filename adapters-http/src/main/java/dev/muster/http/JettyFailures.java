package dev.muster.http;

import dev.muster.wire.problem.Problem;
import dev.muster.wire.problem.Refusals;
import java.io.IOException;
import org.eclipse.jetty.http.HttpException;

/** Turns what was thrown into what the caller is told, with what only Jetty throws. */
final class JettyFailures {
  private JettyFailures() {}

  /** As {@link Refusals#of}. */
  static Problem of(Throwable failure, String where, String requestId) {
    return failure instanceof HttpException http
        ? Refusals.ofStatus(http.getCode())
        : Refusals.of(failure, where, requestId);
  }

  /** As {@link Refusals#ofBrokenRequest}. */
  static Problem ofBrokenRequest(IOException broken) {
    return broken instanceof HttpException http
        ? Refusals.ofStatus(http.getCode())
        : Refusals.ofBrokenRequest(broken);
  }
}
