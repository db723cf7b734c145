package dev.muster.agent.connector.http;

import dev.muster.agent.connector.Cancellation;
import dev.muster.agent.connector.JobContext;
import dev.muster.agent.connector.RefusedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends a request and follows redirects as long as they stay on the same server. */
final class HttpExchange {
  private static final int MOST_REDIRECTS = 5;

  private final HttpClient client;
  private final HttpLimits limits;
  private final JobContext context;
  private final InstantSource clock;
  private final Instant deadline;

  HttpExchange(HttpClient client, HttpLimits limits, JobContext context, InstantSource clock) {
    this.client = client;
    this.limits = limits;
    this.context = context;
    this.clock = clock;
    Instant own = clock.instant().plus(limits.time());
    this.deadline = own.isBefore(context.deadline()) ? own : context.deadline();
  }

  /**
   * The last answer.
   *
   * @throws IOException if there is none, or too much of it
   * @throws TimeoutException if the time is up
   * @throws CancellationException if the job was cancelled meanwhile
   */
  HttpResponse<byte[]> send(HttpRequestTemplate request)
      throws InterruptedException, IOException, TimeoutException {
    HttpRequestTemplate next = request;
    HttpResponse<byte[]> response = sendOnce(next);
    for (int i = 0; i < MOST_REDIRECTS; i++) {
      Optional<TargetUrl> redirect = redirect(next, response);
      if (redirect.isEmpty()) {
        return response;
      }
      next = next.redirected(redirect.get(), response.statusCode());
      response = sendOnce(next);
    }
    return response;
  }

  private HttpResponse<byte[]> sendOnce(HttpRequestTemplate request)
      throws InterruptedException, IOException, TimeoutException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request.build(),
            BodyHandlers.limiting(BodyHandlers.ofByteArray(), limits.responseBytes()));
    long millis = Math.max(1, Duration.between(clock.instant(), deadline).toMillis());
    try (Cancellation.Registration hook =
        context.cancellation().onCancel(() -> answer.cancel(true))) {
      return answer.get(millis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (context.cancellation().isCancelled()) {
        throw new CancellationException();
      }
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      // Closes the connection of an answer that nobody waits for any more.
      answer.cancel(true);
    }
  }

  private Optional<TargetUrl> redirect(HttpRequestTemplate request, HttpResponse<byte[]> response) {
    boolean redirects =
        switch (response.statusCode()) {
          case 301, 302, 303, 307, 308 -> true;
          default -> false;
        };
    if (!redirects) {
      return Optional.empty();
    }
    try {
      URI to =
          request
              .url()
              .uri()
              .resolve(response.headers().firstValue("location").orElse("about:blank"));
      TargetUrl target = TargetUrl.of(to);
      String method = request.redirected(target, response.statusCode()).method();
      limits.check(target.host(), method);
      return target.host().equals(request.url().host()) ? Optional.of(target) : Optional.empty();
    } catch (RefusedException | IllegalArgumentException elsewhere) {
      return Optional.empty();
    }
  }
}
