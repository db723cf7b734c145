package dev.muster.architecture.planted.opentelemetry.tracing.otlp;

import io.opentelemetry.api.trace.Span;

public final class InnocentSpan {
  Span span;
}
