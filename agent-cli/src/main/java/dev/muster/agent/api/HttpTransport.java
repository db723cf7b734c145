package dev.muster.agent.api;

import dev.muster.agent.network.NetworkFailure;
import dev.muster.agent.network.Stranger;
import dev.muster.domain.tracing.TraceParent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends JSON to one server and makes a {@link Reply} of whatever comes back. Thread-safe.
 *
 * <p>The deadline of a call holds to the last byte of the answer, not only to its head, so that a
 * server which trickles cannot hold the agent.
 */
final class HttpTransport {
  private final HttpClient client;
  private final URI server;
  private final Signing signing;
  private final InstantSource clock;

  HttpTransport(HttpClient client, URI server, InstantSource clock) {
    this(client, server, Signing.NONE, clock);
  }

  HttpTransport(HttpClient client, URI server, Signing signing, InstantSource clock) {
    this.client = client;
    this.server = server;
    this.signing = signing;
    this.clock = clock;
  }

  /** A call that has been sent. */
  CompletableFuture<HttpResponse<byte[]>> send(Call call) {
    URI address = server.resolve(call.path());
    byte[] body = call.bytes();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Accept", "application/json, application/problem+json");
    if (call.body() == null) {
      request.GET();
    } else {
      request.header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(body));
    }
    call.headers().forEach(request::header);
    signing
        .headers(call.body() == null ? "GET" : "POST", target(address), body)
        .forEach(request::header);
    return client.sendAsync(
        request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), call.mostBytes()));
  }

  /** As it will stand in the first line of the request. */
  private static String target(URI address) {
    String query = address.getRawQuery();
    return query == null ? address.getRawPath() : address.getRawPath() + "?" + query;
  }

  /** Sends a call and waits for its answer. */
  <T> Reply<T> exchange(Call call, Function<ObjectNode, T> reading) throws InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> sent = send(call);
    try {
      return await(sent, call.deadline(), reading);
    } finally {
      sent.cancel(true);
    }
  }

  /** Waits for the answer to a call that was sent. */
  <T> Reply<T> await(
      CompletableFuture<HttpResponse<byte[]>> sent,
      Duration deadline,
      Function<ObjectNode, T> reading)
      throws InterruptedException {
    try {
      return reply(sent.get(deadline.toMillis(), TimeUnit.MILLISECONDS), reading);
    } catch (TimeoutException late) {
      return Retryable.unavailable("no answer within " + deadline.toMillis() + " ms", null);
    } catch (ExecutionException failed) {
      return failed.getCause() instanceof IOException failure
          ? Retryable.failed(failure)
          : Retryable.unavailable(String.valueOf(failed.getCause()), null);
    }
  }

  private <T> Reply<T> reply(HttpResponse<byte[]> response, Function<ObjectNode, T> reading) {
    String type = response.headers().firstValue("Content-Type").orElse("");
    int status = response.statusCode();
    Optional<String> proxy = NetworkFailure.atProxy(response);
    if (proxy.isPresent()) {
      return Retryable.unavailable(proxy.get(), null);
    }
    if (status < 200 || status > 299) {
      boolean problem = isType(type, "application/problem+json");
      return Retryable.answered(
          status, response.headers(), problem ? object(response.body()) : null, clock);
    }
    ObjectNode body = isType(type, "application/json") ? object(response.body()) : null;
    if (body == null) {
      return Retryable.unavailable(Stranger.describe(status, response.headers()), null);
    }
    try {
      return new Reply.Ok<>(reading.apply(body));
    } catch (UnexpectedAnswer unexpected) {
      return Retryable.unavailable("an answer without " + unexpected.missing(), null);
    }
  }

  private static boolean isType(String header, String type) {
    return header.split(";", 2)[0].trim().toLowerCase(Locale.ROOT).equals(type);
  }

  private static @Nullable ObjectNode object(byte[] body) {
    try {
      JsonNode node = Json.MAPPER.readTree(new String(body, StandardCharsets.UTF_8));
      return node instanceof ObjectNode object ? object : null;
    } catch (JacksonException notJson) {
      return null;
    }
  }

  /**
   * One request.
   *
   * @param path from the server's root
   * @param headers beside the ones that every call has
   * @param body what is posted; null for a GET
   * @param deadline for the whole answer
   * @param mostBytes the largest answer that is read
   */
  record Call(
      String path,
      Map<String, String> headers,
      @Nullable ObjectNode body,
      Duration deadline,
      long mostBytes) {
    /** The same as part of a trace, or of none. */
    Call inTrace(@Nullable TraceParent trace) {
      if (trace == null) {
        return this;
      }
      Map<String, String> more = new HashMap<>(headers);
      more.put(TraceParent.NAME, trace.toString());
      return new Call(path, more, body, deadline, mostBytes);
    }

    private byte[] bytes() {
      return body == null ? new byte[0] : Json.bytes(body);
    }
  }
}
