package dev.muster.tracing.otlp;

import dev.muster.tracing.TracingSettings;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.http.HttpClient;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sends spans to a collector. One call at a time. */
final class Exporter {
  /** Held here, or its level would go with it: what it has to say is said by {@link Losses}. */
  private static final Logger OF_THE_LIBRARY = Logger.getLogger("io.opentelemetry");

  /** Without it the library reaches into the JDK's memory, which the JDK complains about. */
  private static final String UNSAFE = "otel.java.experimental.exporter.unsafe.enabled";

  static {
    OF_THE_LIBRARY.setLevel(Level.OFF);
    if (System.getProperty(UNSAFE) == null) {
      System.setProperty(UNSAFE, "false");
    }
  }

  private final SpanExporter exporter;
  private final ClientSender sender;

  private Exporter(SpanExporter exporter, ClientSender sender) {
    this.exporter = exporter;
    this.sender = sender;
  }

  static Exporter to(TracingSettings settings, HttpClient client) {
    ClientSender sender = new ClientSender(client, settings.traces(), settings.headers());
    SpanExporter exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(settings.traces().toString())
            .setComponentLoader(only(sender))
            .setRetryPolicy(null)
            .build();
    return new Exporter(exporter, sender);
  }

  /** The library finds its way of sending as a component; it is given this one and no other. */
  private static ComponentLoader only(ClientSender sender) {
    HttpSenderProvider provider = config -> sender;
    return new ComponentLoader() {
      @Override
      public <T> Iterable<T> load(Class<T> spiClass) {
        return spiClass == HttpSenderProvider.class ? List.of(spiClass.cast(provider)) : List.of();
      }
    };
  }

  /** Whether the collector has taken them. */
  boolean isTaken(Collection<SpanData> spans) {
    CompletableResultCode result = exporter.export(spans);
    return result.join(ClientSender.PATIENCE.toMillis(), TimeUnit.MILLISECONDS).isSuccess();
  }

  /** Why not, the last time: nothing of what the collector wrote. */
  String obstacle() {
    return sender.obstacle();
  }

  void close() {
    exporter.shutdown();
  }
}
