package dev.muster.http;

import dev.muster.http.route.Answer;
import dev.muster.wire.problem.Problem;
import dev.muster.wire.problem.ProblemCode;
import dev.muster.wire.problem.Rejection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Counts the answers that each credential is being streamed by this replica: each holds a
 * connection and asks the database for as long as its reader likes. Thread-safe.
 */
final class OpenStreams {
  /** A person with a dozen windows, and room for a script. */
  static final int MOST = 16;

  private static final int SOON_SECONDS = 10;

  private final ConcurrentMap<Object, Integer> open = new ConcurrentHashMap<>();

  /**
   * Counts a stream until it has been written, or has failed.
   *
   * @param whose by what they are told apart
   * @throws Rejection where there are too many already
   */
  Answer.Stream counted(Object whose, Answer.Stream stream) {
    open.merge(whose, 1, (before, one) -> before < MOST ? before + one : refuse());
    return new Answer.Stream(
        stream.status(),
        stream.headers(),
        stream.mediaType(),
        out -> {
          try {
            stream.writer().writeTo(out);
          } finally {
            open.computeIfPresent(whose, (who, count) -> count == 1 ? null : count - 1);
          }
        });
  }

  /** How many credentials are being streamed to. */
  Map<Object, Integer> now() {
    return Map.copyOf(open);
  }

  private static Integer refuse() {
    throw new Rejection(
        Problem.of(
                ProblemCode.RATE_LIMITED,
                "This credential is being streamed %d answers already; end one first."
                    .formatted(MOST))
            .withHeader("Retry-After", String.valueOf(SOON_SECONDS)));
  }
}
