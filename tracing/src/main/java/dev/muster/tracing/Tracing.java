package dev.muster.tracing;

import dev.muster.domain.tracing.TraceParent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes spans. Thread-safe; nothing in here blocks or throws. */
public interface Tracing extends AutoCloseable {
  /** Traces nothing, and passes on what came. */
  Tracing NONE = new NoTracing();

  /**
   * Begins a span.
   *
   * @param parent what it is part of; null begins a trace
   * @param since when it began; null for now
   */
  Span begin(Span.Kind kind, String name, @Nullable TraceParent parent, @Nullable Instant since);

  /** Begins a span now. */
  default Span begin(Span.Kind kind, String name, @Nullable TraceParent parent) {
    return begin(kind, name, parent, null);
  }

  /** Whether anything is traced at all. */
  boolean isOn();

  /** Sends what has ended, as far as that is quickly done, and stops. */
  @Override
  void close();
}
