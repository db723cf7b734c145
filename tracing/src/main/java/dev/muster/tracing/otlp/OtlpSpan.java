package dev.muster.tracing.otlp;

import dev.muster.domain.tracing.TraceParent;
import dev.muster.tracing.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A span of OpenTelemetry's. */
record OtlpSpan(io.opentelemetry.api.trace.Span span) implements Span {
  private static final int KNOWN_FLAGS = 3;

  @Override
  public Span with(String key, String value) {
    span.setAttribute(key, value);
    return this;
  }

  @Override
  public Span with(String key, long value) {
    span.setAttribute(key, value);
    return this;
  }

  @Override
  public Span failed(String errorClass) {
    span.setAttribute("error.type", errorClass);
    span.setStatus(StatusCode.ERROR);
    return this;
  }

  @Override
  public @Nullable TraceParent context() {
    SpanContext context = span.getSpanContext();
    return new TraceParent(
        context.getTraceId(), context.getSpanId(), context.getTraceFlags().asByte() & KNOWN_FLAGS);
  }

  @Override
  public void end() {
    span.end();
  }

  @Override
  public void end(Instant at) {
    span.end(at);
  }
}
