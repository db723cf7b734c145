package dev.muster.grpc;

import dev.muster.wire.problem.Problem;
import dev.muster.wire.problem.ProblemJson;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.List;
import java.util.Locale;

/**
 * What a refusal is over gRPC: the status that comes nearest, and beside it the same problem
 * document and headers as over HTTP. Only by the document can a caller know that it was Muster that
 * refused, and why.
 */
final class ProblemTrailers {
  /** The problem document. */
  static final Metadata.Key<byte[]> PROBLEM =
      Metadata.Key.of("muster-problem-bin", Metadata.BINARY_BYTE_MARSHALLER);

  /** Clients take 8 KiB of trailers, which this becomes the greater part of in base64. */
  private static final int MOST_BYTES = 4 * 1024;

  private ProblemTrailers() {}

  static Status status(Problem problem) {
    var nearest =
        switch (problem.code().status()) {
          case 400, 415, 422 -> Status.INVALID_ARGUMENT;
          case 401 -> Status.UNAUTHENTICATED;
          case 403 -> Status.PERMISSION_DENIED;
          case 404 -> Status.NOT_FOUND;
          case 408 -> Status.DEADLINE_EXCEEDED;
          case 409, 410 -> Status.FAILED_PRECONDITION;
          case 413, 429, 431 -> Status.RESOURCE_EXHAUSTED;
          case 503 -> Status.UNAVAILABLE;
          default -> Status.INTERNAL;
        };
    return nearest.withDescription(problem.code().code());
  }

  static Metadata trailers(Problem problem, String requestId) {
    var trailers = new Metadata();
    trailers.put(PROBLEM, document(problem, requestId));
    problem
        .headers()
        .forEach((name, value) -> trailers.put(ascii(name.toLowerCase(Locale.ROOT)), value));
    return trailers;
  }

  static Metadata.Key<String> ascii(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  /** Where there is too much to say of single fields, that they are wrong is said alone. */
  private static byte[] document(Problem problem, String requestId) {
    var whole = ProblemJson.bytes(problem, requestId);
    if (whole.length <= MOST_BYTES) {
      return whole;
    }
    var brief =
        new Problem(
            problem.code(),
            problem.code().title() + ".",
            List.of(),
            problem.members(),
            problem.headers());
    return ProblemJson.bytes(brief, requestId);
  }
}
