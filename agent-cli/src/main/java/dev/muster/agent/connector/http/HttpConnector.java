package dev.muster.agent.connector.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.agent.connector.Assignment;
import dev.muster.agent.connector.Connector;
import dev.muster.agent.connector.ConnectorOutcome;
import dev.muster.agent.connector.ConnectorOutcome.Cancelled;
import dev.muster.agent.connector.ConnectorOutcome.Completed;
import dev.muster.agent.connector.ConnectorOutcome.Failed;
import dev.muster.agent.connector.JobContext;
import dev.muster.agent.connector.RefusedException;
import dev.muster.agent.network.HttpClients;
import dev.muster.agent.network.NetworkFailure;
import dev.muster.agent.network.Route;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Sends requests to the servers that the configuration lists. */
final class HttpConnector implements Connector {
  private static final Set<String> KEYS = Set.of("connector", "request", "expect");
  private static final JsonMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(80).build())
              .build());

  private final HttpLimits limits;
  private final InstantSource clock;
  private final HttpClient client;

  HttpConnector(HttpLimits limits, SSLContext tls, Route route, InstantSource clock) {
    this.clock = clock;
    this.limits = limits;
    this.client = HttpClients.make(tls, route, limits.time());
  }

  @Override
  public String name() {
    return HttpConnectorProvider.NAME;
  }

  @Override
  public ConnectorOutcome run(Assignment assignment, JobContext context)
      throws InterruptedException {
    try {
      ObjectNode payload = assignment.payload();
      if (!KEYS.containsAll(payload.propertyNames()) || !payload.path("request").isObject()) {
        throw RefusedException.invalidPayload("an http job has a request, and may have an expect");
      }
      Expectation expectation = Expectation.of(payload.path("expect"));
      HttpRequestTemplate request =
          HttpRequestTemplate.of(payload.path("request"), limits, context);
      if (context.cancellation().isCancelled()) {
        return new Cancelled(true, "nothing was sent");
      }
      return send(request, expectation, context);
    } catch (RefusedException e) {
      return e.outcome();
    }
  }

  private ConnectorOutcome send(
      HttpRequestTemplate request, Expectation expectation, JobContext context)
      throws InterruptedException {
    context.log(request.method() + " " + request.url().uri());
    long started = System.nanoTime();
    try {
      HttpResponse<byte[]> response =
          new HttpExchange(client, limits, context, clock).send(request);
      Optional<String> proxy = NetworkFailure.atProxy(response);
      if (proxy.isPresent()) {
        return new Failed("http_proxy", proxy.get(), true);
      }
      Duration duration = Duration.ofNanos(System.nanoTime() - started);
      context.log("answered " + response.statusCode() + " in " + duration.toMillis() + " ms");
      return outcome(response, expectation, duration, context);
    } catch (CancellationException e) {
      return new Cancelled(true, "the request was broken off; it may have taken effect");
    } catch (TimeoutException e) {
      return new Failed("run_timeout", "no whole answer before the time was up", true);
    } catch (SSLException e) {
      return new Failed("http_tls", NetworkFailure.describe(e), false);
    } catch (IOException e) {
      return failed(e);
    }
  }

  private static ConnectorOutcome outcome(
      HttpResponse<byte[]> response,
      Expectation expectation,
      Duration duration,
      JobContext context) {
    if (isEncoded(response)) {
      return new Failed("http_encoding", "the answer is compressed, though not asked to be", false);
    }
    String text = new String(response.body(), UTF_8);
    JsonNode body = body(response, text);
    Optional<Failed> failure =
        expectation.failure(response.statusCode(), text, body, context::redacted);
    if (failure.isPresent()) {
      return failure.get();
    }
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.put("status", response.statusCode());
    ObjectNode headers = result.putObject("headers");
    response
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name, String.join(", ", values)));
    result.set("body", body);
    result.put("duration_ms", duration.toMillis());
    return new Completed(result);
  }

  /** What is in it could not be redacted. */
  private static boolean isEncoded(HttpResponse<byte[]> response) {
    return response.headers().allValues("content-encoding").stream()
        .anyMatch(encoding -> !encoding.strip().equalsIgnoreCase("identity"));
  }

  private static JsonNode body(HttpResponse<byte[]> response, String text) {
    String type = response.headers().firstValue("content-type").orElse("").toLowerCase(Locale.ROOT);
    if (!text.isBlank() && (type.startsWith("application/json") || type.contains("+json"))) {
      try {
        return JSON.readTree(text);
      } catch (JacksonException notJson) {
        // Then it is a text, whatever it calls itself.
      }
    }
    return StringNode.valueOf(text);
  }

  private ConnectorOutcome failed(IOException failure) {
    // The client does not say so in any other way that the limit was passed.
    String message = String.valueOf(failure.getMessage());
    return message.contains("exceeds capacity") || message.contains("capacity")
        ? new Failed(
            "response_too_large",
            "the answer has more than " + limits.responseBytes() + " bytes",
            false)
        : new Failed(
            NetworkFailure.isOfProxy(failure) ? "http_proxy" : "http_unreachable",
            NetworkFailure.describe(failure),
            true);
  }
}
