package dev.muster.agent.api;

import dev.muster.agent.network.TenantHosts;
import dev.muster.domain.credential.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.NullNode;

/**
 * Calls that a job has made with a token of its own: to the agent's server and nobody else, under
 * its tenant's name where that has one, below {@code /api/v1/}, never with the agent's credential.
 * Thread-safe.
 */
public final class JobApi {
  /** How long an answer may take; less, where the job's time is up before. */
  public static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Answer ENDED = new Answer.Silence("the call was ended");
  private static final int MOST_BYTES = 1 << 20;
  private static final int LONGEST_TARGET = 2_000;
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

  /** Nothing that could be read as another path: no dots alone, no empty part, nothing escaped. */
  private static final Pattern TARGET =
      Pattern.compile(
          "/api/v1(/(?!\\.{1,2}(/|\\?|$))[A-Za-z0-9._~-]+)+(\\?[A-Za-z0-9._~%=&,:+-]*)?");

  private final Supplier<HttpClient> client;
  private final TenantHosts hosts;

  /**
   * Calls to a server.
   *
   * @param client asked for one at each call; it follows no redirects
   * @param hosts where the server is for a tenant
   */
  public JobApi(Supplier<HttpClient> client, TenantHosts hosts) {
    this.client = client;
    this.hosts = hosts;
  }

  /**
   * A call.
   *
   * @param tenantSlug of the job's tenant, as the server says it
   * @param target path and query, from the server's root
   * @param body what is sent, or null for nothing
   * @param token the job's own
   * @param patience how long the whole answer may take
   */
  public record Call(
      String tenantSlug,
      String method,
      String target,
      @Nullable JsonNode body,
      Secret token,
      Duration patience) {}

  /** What came of a call. */
  public sealed interface Answer {
    /**
     * The server has answered.
     *
     * @param body null where it said nothing more
     */
    record Said(int status, JsonNode body) implements Answer {}

    /** It has answered more than is taken. */
    record TooLarge() implements Answer {}

    /** Nobody has answered, or somebody who is not Muster, or not in time. */
    record Silence(String reason) implements Answer {}

    /** This is no call to the server's interface; nothing was sent. */
    record NotAllowed() implements Answer {}

    /** The tenant's slug can be no part of a host name; nothing was sent. */
    record NoHost() implements Answer {}
  }

  /** A call that was made; for one thread to wait, and any to end it. */
  public interface Exchange {
    /** Waits for the whole answer. */
    Answer await() throws InterruptedException;

    /** Ends the wait. */
    void end();
  }

  /** Makes a call. */
  public Exchange open(Call call) {
    if (!METHODS.contains(call.method())
        || call.target().length() > LONGEST_TARGET
        || !TARGET.matcher(call.target()).matches()) {
      return new Ended(new Answer.NotAllowed());
    }
    if (call.patience().isNegative() || call.patience().isZero()) {
      return new Ended(new Answer.Silence("the time is up"));
    }
    Optional<URI> server = hosts.of(call.tenantSlug());
    if (server.isEmpty()) {
      return new Ended(new Answer.NoHost());
    }
    return new Open(
        client
            .get()
            .sendAsync(
                request(server.get(), call),
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES)),
        call.patience());
  }

  private record Ended(Answer answer) implements Exchange {
    @Override
    public Answer await() {
      return answer;
    }

    @Override
    public void end() {}
  }

  private record Open(CompletableFuture<HttpResponse<byte[]>> sent, Duration patience)
      implements Exchange {
    @Override
    public Answer await() throws InterruptedException {
      try {
        return answer(sent.get(patience.toMillis(), TimeUnit.MILLISECONDS));
      } catch (TimeoutException late) {
        return new Answer.Silence("no answer in time");
      } catch (CancellationException ended) {
        return ENDED;
      } catch (ExecutionException failed) {
        return failed(failed);
      } finally {
        sent.cancel(true);
      }
    }

    @Override
    public void end() {
      sent.cancel(true);
    }
  }

  private static HttpRequest request(URI server, Call call) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(call.target()))
            .header("Authorization", "Bearer " + call.token().reveal())
            .header("Accept", "application/json, application/problem+json");
    if (call.body() == null) {
      request.method(call.method(), BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(call.method(), BodyPublishers.ofByteArray(Json.bytes(call.body())));
    }
    return request.build();
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    if (response.body().length == 0) {
      boolean isDone = response.statusCode() / 100 == 2;
      return isDone
          ? new Answer.Said(response.statusCode(), NullNode.instance)
          : new Answer.Silence("answered " + response.statusCode() + ", but not by Muster");
    }
    JsonNode body = isJson(response) ? json(response.body()) : MissingNode.getInstance();
    return body.isMissingNode()
        ? new Answer.Silence("answered " + response.statusCode() + ", but not by Muster")
        : new Answer.Said(response.statusCode(), body);
  }

  private static boolean isJson(HttpResponse<byte[]> response) {
    String type = response.headers().firstValue("Content-Type").orElse("").split(";", 2)[0].trim();
    return Set.of("application/json", "application/problem+json")
        .contains(type.toLowerCase(Locale.ROOT));
  }

  private static JsonNode json(byte[] bytes) {
    try {
      return Json.MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8));
    } catch (JacksonException notJson) {
      return MissingNode.getInstance();
    }
  }

  /** The limit on an answer shows as a failure to read it, deep inside or not. */
  private static Answer failed(ExecutionException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CancellationException) {
        return ENDED;
      }
      if (cause instanceof IOException io && String.valueOf(io.getMessage()).contains("capacity")) {
        return new Answer.TooLarge();
      }
    }
    Throwable cause = failure.getCause();
    return new Answer.Silence(cause == null ? "no answer" : cause.getClass().getSimpleName());
  }
}
