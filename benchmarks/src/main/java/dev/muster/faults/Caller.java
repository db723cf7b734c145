package dev.muster.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Muster's API as one caller, that goes to another replica where one does not answer, and may send
 * each request several times at once. Thread-safe.
 */
final class Caller {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int UNAVAILABLE = 503;

  /** One for all: each has threads of its own. */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  private final List<String> servers;
  private final String token;
  private final int copies;
  private final Duration patience;
  private final AtomicInteger turn;

  /**
   * One that begins with the first server.
   *
   * @param copies how often each request is sent
   * @param patience how long an answer is awaited
   */
  Caller(List<String> servers, String token, int copies, Duration patience) {
    this.servers = List.copyOf(servers);
    this.token = token;
    this.copies = copies;
    this.patience = patience;
    this.turn = new AtomicInteger();
  }

  /**
   * An answer to one copy of a request.
   *
   * @param sent before it left, by {@link System#nanoTime()}
   * @param received after it had come
   */
  record Reply(int status, JsonNode body, long sent, long received) {}

  List<Reply> post(String path, String body) throws InterruptedException {
    return post(path, body, Map.of());
  }

  /**
   * Sends all copies and waits for their answers.
   *
   * @return those that came from a working server; none where nobody answered
   */
  List<Reply> post(String path, String body, Map<String, String> headers)
      throws InterruptedException {
    int server = turn.get();
    HttpRequest request = request(servers.get(server % servers.size()) + path, body, headers);
    List<CompletableFuture<Reply>> underway = new ArrayList<>();
    for (int copy = 0; copy < copies; copy++) {
      underway.add(send(request));
    }
    List<Reply> replies = new ArrayList<>();
    try {
      for (CompletableFuture<Reply> each : underway) {
        collect(each, replies);
      }
    } catch (InterruptedException died) {
      underway.forEach(each -> each.cancel(true));
      throw died;
    }
    if (replies.isEmpty()) {
      turn.compareAndSet(server, server + 1);
    }
    return replies;
  }

  private HttpRequest request(String url, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(patience)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return request.build();
  }

  private static CompletableFuture<Reply> send(HttpRequest request) {
    long sent = System.nanoTime();
    return CLIENT
        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenApply(answer ->
            new Reply(answer.statusCode(), JSON.readTree(answer.body()), sent, System.nanoTime()));
  }

  private static void collect(CompletableFuture<Reply> each, List<Reply> replies)
      throws InterruptedException {
    try {
      Reply reply = each.get();
      if (reply.status() != UNAVAILABLE) {
        replies.add(reply);
      }
    } catch (ExecutionException away) {
      if (!(away.getCause() instanceof IOException)) {
        throw new IllegalStateException(away.getCause());
      }
    }
  }
}
