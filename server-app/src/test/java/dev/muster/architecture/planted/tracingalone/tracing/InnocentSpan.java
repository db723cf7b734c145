package dev.muster.architecture.planted.tracingalone.tracing;

import dev.muster.architecture.planted.tracingalone.domain.tracing.Trace;

public final class InnocentSpan {
  Trace trace;
}
