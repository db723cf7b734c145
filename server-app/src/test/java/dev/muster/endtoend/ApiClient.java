package dev.muster.endtoend;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP API as one caller. Thread-safe. */
final class ApiClient {
  static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** One for all: each has threads of its own. */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private final String server;
  private final String token;

  ApiClient(String server, String token) {
    this.server = server;
    this.token = token;
  }

  /** The same caller at another replica. */
  ApiClient at(ServerProcess other) {
    return new ApiClient(other.url(), token);
  }

  String server() {
    return server;
  }

  String token() {
    return token;
  }

  /** Whether a path answers 200 now; false also where nobody listens. */
  boolean reaches(String path) throws InterruptedException {
    try {
      return get(path).status() == 200;
    } catch (IOException away) {
      return false;
    }
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send(request("GET", path, null));
  }

  Answer post(String path, String body) throws IOException, InterruptedException {
    return send(request("POST", path, body));
  }

  Answer call(String method, String path, String body) throws IOException, InterruptedException {
    return send(request(method, path, body));
  }

  CompletableFuture<Answer> postLater(String path, String body) {
    return sendLater(request("POST", path, body));
  }

  CompletableFuture<Answer> sendLater(HttpRequest request) {
    return CLIENT.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(Answer::of);
  }

  /** All items of a list, over all its pages, newest first. */
  List<JsonNode> all(String path) throws IOException, InterruptedException {
    List<JsonNode> items = new ArrayList<>();
    String cursor = "";
    do {
      String join = path.contains("?") ? "&" : "?";
      JsonNode page = get(path + join + "limit=200" + cursor).expect(200);
      page.path("items").forEach(items::add);
      JsonNode next = page.path("next_cursor");
      cursor = next.isString() ? "&cursor=" + next.asString() : "";
    } while (!cursor.isEmpty());
    return items;
  }

  Answer send(HttpRequest request) throws IOException, InterruptedException {
    return Answer.of(CLIENT.send(request, HttpResponse.BodyHandlers.ofString()));
  }

  HttpRequest request(String method, String path, String body) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(server + path)).timeout(PATIENCE);
    if (!token.isEmpty()) {
      builder.header("Authorization", "Bearer " + token);
    }
    if (body == null) {
      return builder.method(method, HttpRequest.BodyPublishers.noBody()).build();
    }
    return builder
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  /** What came back; every body of Muster's is kept, to search it for what must not stand there. */
  record Answer(int status, String text, HttpResponse<String> response) {
    static Answer of(HttpResponse<String> response) {
      return new Answer(response.statusCode(), response.body(), response);
    }

    JsonNode json() {
      return JSON.readTree(text);
    }

    JsonNode expect(int wanted) {
      if (status != wanted) {
        throw new AssertionError(
            "%s was answered %d: %s".formatted(response.request().uri(), status, text));
      }
      return text.isEmpty() ? JSON.nullNode() : json();
    }

    String code() {
      return json().path("code").asString("");
    }

    Optional<String> header(String name) {
      return response.headers().firstValue(name);
    }
  }
}
