package dev.muster.architecture.planted.opentelemetry.server;

import io.opentelemetry.api.trace.Span;

public final class GuiltyServer {
  Span span;
}
