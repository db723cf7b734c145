package dev.muster.tracing.otlp;

import dev.muster.domain.credential.Secret;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Sends by the client that its program reaches all others by: the same proxy, the same authorities,
 * no redirects. The deadline holds to the last byte of the answer. One call at a time.
 */
final class ClientSender implements HttpSender {
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int MOST_ANSWERED = 64 * 1024;

  private final HttpClient client;
  private final URI address;
  private final Map<String, Secret> headers;
  private volatile String obstacle = "";

  ClientSender(HttpClient client, URI address, Map<String, Secret> headers) {
    this.client = client;
    this.address = address;
    this.headers = headers;
  }

  @Override
  public void send(
      MessageWriter message, Consumer<HttpResponse> onAnswer, Consumer<Throwable> onFailure) {
    CompletableFuture<java.net.http.HttpResponse<byte[]>> sent = null;
    try {
      sent =
          client.sendAsync(
              request(message), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_ANSWERED));
      Answer answer = Answer.of(sent.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
      obstacle = "status " + answer.getStatusCode();
      onAnswer.accept(answer);
    } catch (TimeoutException late) {
      fail(late, onFailure);
    } catch (ExecutionException failed) {
      fail(failed.getCause() == null ? failed : failed.getCause(), onFailure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      fail(stopped, onFailure);
    } catch (IOException | RuntimeException impossible) {
      fail(impossible, onFailure);
    } finally {
      if (sent != null) {
        sent.cancel(true);
      }
    }
  }

  private void fail(Throwable failure, Consumer<Throwable> onFailure) {
    obstacle = failure.getClass().getSimpleName();
    onFailure.accept(failure);
  }

  private HttpRequest request(MessageWriter message) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(Math.max(0, message.getContentLength()));
    message.writeMessage(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-protobuf")
            .POST(BodyPublishers.ofByteArray(body.toByteArray()));
    headers.forEach((name, value) -> request.setHeader(name, value.reveal()));
    return request.build();
  }

  /** Why spans were not taken, the last time. */
  String obstacle() {
    return obstacle;
  }

  /** The client is closed by whoever has it. */
  @Override
  public CompletableResultCode shutdown() {
    return CompletableResultCode.ofSuccess();
  }

  private record Answer(int status, byte[] body) implements HttpResponse {
    static Answer of(java.net.http.HttpResponse<byte[]> response) {
      return new Answer(response.statusCode(), response.body());
    }

    @Override
    public int getStatusCode() {
      return status;
    }

    @Override
    public String getStatusMessage() {
      return "";
    }

    @Override
    public byte[] getResponseBody() {
      return body;
    }
  }
}
