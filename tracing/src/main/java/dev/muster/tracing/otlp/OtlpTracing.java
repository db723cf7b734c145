package dev.muster.tracing.otlp;

import dev.muster.domain.tracing.TraceParent;
import dev.muster.tracing.Span;
import dev.muster.tracing.Tracing;
import dev.muster.tracing.TracingSettings;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.http.HttpClient;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Spans for a collector. A trace that began elsewhere is recorded if it is recorded there; of those
 * that begin here, the part that the settings say. Thread-safe.
 */
public final class OtlpTracing implements Tracing {
  private static final int MOST_ATTRIBUTES = 32;
  private static final int LONGEST_VALUE = 256;

  private final SpanQueue queue;
  private final HttpClient client;
  private final SdkTracerProvider provider;
  private final Tracer tracer;

  private OtlpTracing(
      SpanQueue queue, SdkTracerProvider provider, String version, HttpClient client) {
    this.queue = queue;
    this.client = client;
    this.provider = provider;
    this.tracer = provider.get("dev.muster", version);
  }

  /**
   * Begins to trace. Close it after use.
   *
   * @param version of the program
   * @param client reaches the collector; closed with this
   */
  public static OtlpTracing start(TracingSettings settings, String version, HttpClient client) {
    SpanQueue queue = SpanQueue.start(Exporter.to(settings, client));
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(resource(settings, version))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.ratio())))
            .setSpanLimits(
                SpanLimits.builder()
                    .setMaxNumberOfAttributes(MOST_ATTRIBUTES)
                    .setMaxAttributeValueLength(LONGEST_VALUE)
                    .build())
            .addSpanProcessor(queue)
            .build();
    return new OtlpTracing(queue, provider, version, client);
  }

  private static Resource resource(TracingSettings settings, String version) {
    AttributesBuilder attributes = Attributes.builder();
    attributes.put(AttributeKey.stringKey("service.version"), version);
    settings.resource().forEach((key, value) -> attributes.put(AttributeKey.stringKey(key), value));
    attributes.put(AttributeKey.stringKey("service.name"), settings.serviceName());
    return Resource.create(attributes.build());
  }

  @Override
  public Span begin(
      Span.Kind kind, String name, @Nullable TraceParent parent, @Nullable Instant since) {
    SpanBuilder builder = tracer.spanBuilder(name).setSpanKind(kind(kind));
    if (parent == null) {
      builder.setNoParent();
    } else {
      builder.setParent(Context.root().with(io.opentelemetry.api.trace.Span.wrap(remote(parent))));
    }
    if (since != null) {
      builder.setStartTimestamp(since);
    }
    return new OtlpSpan(builder.startSpan());
  }

  private static SpanKind kind(Span.Kind kind) {
    return switch (kind) {
      case SERVER -> SpanKind.SERVER;
      case CONSUMER -> SpanKind.CONSUMER;
      case INTERNAL -> SpanKind.INTERNAL;
    };
  }

  private static SpanContext remote(TraceParent parent) {
    return SpanContext.createFromRemoteParent(
        parent.traceId(),
        parent.spanId(),
        TraceFlags.fromByte((byte) parent.flags()),
        TraceState.getDefault());
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void close() {
    queue.stop();
    provider.close();
    client.shutdownNow();
  }
}
