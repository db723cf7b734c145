package dev.muster.server.tracing;

import dev.muster.domain.tracing.TraceParent;
import dev.muster.http.RequestTracing;
import dev.muster.tracing.Span;
import dev.muster.tracing.Tracing;
import dev.muster.tracing.TracingSettings;
import dev.muster.tracing.otlp.OtlpTracing;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tracing, as the server is told to. */
public final class ServerTracing {
  private static final Logger LOG = LoggerFactory.getLogger(ServerTracing.class);
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int SERVER_FAULT = 500;

  private ServerTracing() {}

  /** Begins to trace, where that is wanted. Close it after use. */
  public static Tracing start(Optional<TracingSettings> settings) {
    if (settings.isEmpty()) {
      return Tracing.NONE;
    }
    LOG.info("event=tracing to={}", settings.get().traces());
    return OtlpTracing.start(settings.get(), version(), client());
  }

  /** As the jar says, where there is one. */
  private static String version() {
    return Objects.requireNonNullElse(
        ServerTracing.class.getPackage().getImplementationVersion(), "development");
  }

  /** Follows no redirect: what is sent goes to the collector that was named. */
  private static HttpClient client() {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(CONNECT)
        .sslParameters(parameters)
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .build();
  }

  /** How the HTTP API has its requests noted. */
  public static RequestTracing requests(Tracing tracing) {
    return tracing.isOn()
        ? (method, path, parent) ->
            new Traced(
                tracing
                    .begin(Span.Kind.SERVER, method + " " + path, parent)
                    .with("http.request.method", method)
                    .with("http.route", path))
        : RequestTracing.NONE;
  }

  private record Traced(Span span) implements RequestTracing.Traced {
    @Override
    public @Nullable TraceParent context() {
      return span.context();
    }

    @Override
    public void end(int status) {
      span.with("http.response.status_code", status);
      if (status >= SERVER_FAULT) {
        span.failed(String.valueOf(status));
      }
      span.end();
    }
  }
}
