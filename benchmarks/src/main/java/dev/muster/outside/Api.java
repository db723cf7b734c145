package dev.muster.outside;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Muster's HTTP API as one caller. */
public final class Api {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient client = HttpClient.newHttpClient();
  private final String server;
  private final String token;

  /** Calls {@code server} with {@code token}. */
  public Api(String server, String token) {
    this.server = server;
    this.token = token;
  }

  /** The answer to a GET. */
  public JsonNode get(String path) {
    return send(request(path).GET());
  }

  /** The answer to a POST of a JSON body. */
  public JsonNode post(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** The answer to a PUT of a JSON body. */
  public JsonNode put(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server + path))
        .timeout(Duration.ofSeconds(70))
        .header("Authorization", "Bearer " + token);
  }

  private JsonNode send(HttpRequest.Builder request) {
    HttpRequest built = request.build();
    try {
      HttpResponse<String> answer = client.send(built, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new UnexpectedException(
            "%s %s was answered %d: %s"
                .formatted(
                    built.method(), built.uri().getPath(), answer.statusCode(), answer.body()));
      }
      return JSON.readTree(answer.body());
    } catch (IOException failure) {
      throw new UnexpectedException("the server does not answer: " + failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new UnexpectedException("stopped");
    }
  }
}
