package dev.muster.agent.api;

import dev.muster.domain.update.SignedOffer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The calls about new versions of the agent. Thread-safe; the client belongs to whoever made it.
 */
public final class UpdateApi {
  private static final String BASE = "/api/v1/platform-agent/update";
  private static final long SMALL = 64 * 1024;
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{1,256}");

  private final HttpClient client;
  private final URI server;
  private final HttpTransport transport;
  private final Signing signing;
  private final Map<String, String> headers;
  private final Duration patience;

  /**
   * The calls of one server.
   *
   * @param patience how long an answer may take; a download has a deadline of its own
   */
  public UpdateApi(
      HttpClient client,
      URI server,
      Credential credential,
      Signing signing,
      Duration patience,
      InstantSource clock) {
    this.client = client;
    this.server = server;
    this.signing = signing;
    this.transport = new HttpTransport(client, server, signing, clock);
    this.headers =
        Map.of(
            "Authorization",
            "Bearer " + credential.apiKey().reveal(),
            "X-Agent-Instance",
            credential.instance().toString());
    this.patience = patience;
  }

  /** What became of a download. */
  public enum Download {
    /** The whole answer is in the file. */
    ARRIVED,
    /** The answer is longer than it may be. */
    TOO_LONG,
    /** The answer began, and did not end. */
    BROKEN,
    /** There was no answer with an artifact: worth another try. */
    NOT_THERE
  }

  /** Asks what there is; empty where the server offers nothing. */
  public Reply<Optional<SignedOffer>> offer() throws InterruptedException {
    return transport.exchange(
        new HttpTransport.Call(BASE, headers, null, patience, SMALL), UpdateApi::read);
  }

  /** Says what became of a release; may be repeated. */
  public Reply<ServerApi.Acknowledged> tell(
      long sequence, String outcome, String cause, String version) throws InterruptedException {
    ObjectNode body =
        Json.object()
            .put("sequence", sequence)
            .put("outcome", outcome)
            .put("cause", cause)
            .put("version", version);
    return transport.exchange(
        new HttpTransport.Call(BASE + "/result", headers, body, patience, SMALL),
        answer -> new ServerApi.Acknowledged());
  }

  /**
   * Fetches an artifact. Where from is not the offer's to say, so that the credential goes nowhere
   * else.
   *
   * @param to a file that is there; its content is replaced
   * @param mostBytes more than so many are not written
   * @param deadline for all of it
   * @throws IOException where the file cannot be written
   */
  public Download fetch(long sequence, Path to, long mostBytes, Duration deadline)
      throws IOException, InterruptedException {
    String path = BASE + "/" + sequence + "/artifact";
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .header("Accept", "application/octet-stream")
            .GET();
    headers.forEach(request::header);
    signing.headers("GET", path, new byte[0]).forEach(request::header);
    ArtifactBody body = new ArtifactBody(to, mostBytes);
    CompletableFuture<HttpResponse<Void>> sent = client.sendAsync(request.build(), body);
    try {
      HttpResponse<Void> response = sent.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      return response.statusCode() == 200 ? Download.ARRIVED : Download.NOT_THERE;
    } catch (TimeoutException late) {
      return body.hasBegun() ? Download.BROKEN : Download.NOT_THERE;
    } catch (ExecutionException failed) {
      return body.failure();
    } finally {
      sent.cancel(true);
    }
  }

  private static Optional<SignedOffer> read(ObjectNode answer) {
    JsonNode offer = answer.path("offer");
    if (offer.isNull()) {
      return Optional.empty();
    }
    if (!offer.isObject()) {
      throw new UnexpectedAnswer("offer");
    }
    JsonNode publisher = offer.path("publisher_signature");
    return Optional.of(
        new SignedOffer(
            Json.text(offer, "text"),
            hex(Json.text(offer, "signature")),
            publisher.isString() ? hex(publisher.stringValue()) : null));
  }

  /** What is no hex is no signature; it is refused as a wrong one. */
  private static String hex(String text) {
    return HEX.matcher(text).matches() ? text : "";
  }
}
