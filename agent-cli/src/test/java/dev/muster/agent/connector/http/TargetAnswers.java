package dev.muster.agent.connector.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import tools.jackson.databind.json.JsonMapper;

/** What the servers of the tests answer, by path, and what they were sent. */
record TargetAnswers(List<String> seen, CountDownLatch end, int otherPort) implements HttpHandler {
  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    StringBuilder request = new StringBuilder(exchange.getRequestMethod() + " " + path + "\n");
    for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
      header.getValue().forEach(value -> request.append(header.getKey() + ": " + value + "\n"));
    }
    seen.add(request.append(body).toString());
    if (path.startsWith("/status/")) {
      send(exchange, Integer.parseInt(path.substring(8)), "status");
    } else if (path.startsWith("/redirect")) {
      exchange.getResponseHeaders().set("Location", path.substring(9));
      send(exchange, 302, "");
    } else if (path.equals("/away")) {
      exchange.getResponseHeaders().set("Location", "http://127.0.0.1:" + otherPort + "/json");
      send(exchange, 302, "");
    } else if (path.equals("/round")) {
      exchange.getResponseHeaders().set("Location", "/round");
      send(exchange, 307, "");
    } else if (path.equals("/large")) {
      send(exchange, 200, "x".repeat(20_001));
    } else if (path.equals("/slow")) {
      exchange.sendResponseHeaders(200, 100);
      exchange.getResponseBody().write(1);
      exchange.getResponseBody().flush();
      awaitEnd();
    } else if (path.equals("/cookie")) {
      exchange.getResponseHeaders().set("Set-Cookie", "session=abc; HttpOnly");
      send(exchange, 200, "ok");
    } else if (path.equals("/compressed")) {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      send(exchange, 200, "not really");
    } else if (path.equals("/mirror")) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      send(exchange, 200, "{\"echoed\": " + new JsonMapper().writeValueAsString(body) + "}");
    } else if (path.equals("/echo")) {
      send(exchange, 200, request.toString());
    } else {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      send(exchange, 200, "{\"path\": \"" + path + "\"}");
    }
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
