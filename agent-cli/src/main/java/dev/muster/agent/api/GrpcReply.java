package dev.muster.agent.api;

import com.google.protobuf.ByteString;
import dev.muster.agent.network.NetworkFailure;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes a {@link Reply} of whatever comes back over gRPC, by the same rules as over HTTP. */
final class GrpcReply {
  private static final Metadata.Key<byte[]> PROBLEM =
      Metadata.Key.of("muster-problem-bin", Metadata.BINARY_BYTE_MARSHALLER);
  private static final List<String> TOLD = List.of("Retry-After");

  private GrpcReply() {}

  /** How a call ended. */
  record End(Status status, Metadata trailers) {}

  static <T> Reply<T> of(ByteString json, Function<ObjectNode, T> reading) {
    ObjectNode document = object(json.toByteArray());
    if (document == null) {
      return Retryable.unavailable("an answer that is no document", null);
    }
    try {
      return new Reply.Ok<>(reading.apply(document));
    } catch (UnexpectedAnswer unexpected) {
      return Retryable.unavailable("an answer without " + unexpected.missing(), null);
    }
  }

  /** Only with a problem document was it Muster that refused. */
  static <T> Reply<T> of(End end, InstantSource clock) {
    byte[] document = end.trailers().get(PROBLEM);
    ObjectNode problem = document == null ? null : object(document);
    int status = problem == null ? 0 : problem.path("status").asInt(0);
    if (problem != null && status >= 400 && status <= 599) {
      return Retryable.answered(status, headers(end.trailers()), problem, clock);
    }
    Optional<IOException> failure = failure(end.status());
    return failure.isPresent()
        ? Retryable.failed(failure.get())
        : Retryable.unavailable(describe(end.status()), null);
  }

  private static String describe(Status status) {
    return switch (status.getCode()) {
      case OK -> "the server ended the stream";
      case DEADLINE_EXCEEDED -> "no answer in time";
      case UNIMPLEMENTED ->
          "no Muster server speaks gRPC there: " + NetworkFailure.cut(said(status));
      default ->
          "gRPC "
              + status.getCode()
              + ", and not by a Muster server: "
              + NetworkFailure.cut(said(status));
    };
  }

  private static String said(Status status) {
    return String.valueOf(status.getDescription());
  }

  private static Optional<IOException> failure(Status status) {
    for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException failure) {
        return Optional.of(failure);
      }
    }
    return Optional.empty();
  }

  private static HttpHeaders headers(Metadata trailers) {
    Map<String, List<String>> headers = new TreeMap<>();
    for (String name : TOLD) {
      String value = trailers.get(GrpcMethods.key(name));
      if (value != null) {
        headers.put(name, new ArrayList<>(List.of(value)));
      }
    }
    return HttpHeaders.of(headers, (name, value) -> true);
  }

  private static @Nullable ObjectNode object(byte[] json) {
    try {
      JsonNode node = Json.MAPPER.readTree(json);
      return node instanceof ObjectNode object ? object : null;
    } catch (JacksonException notJson) {
      return null;
    }
  }
}
