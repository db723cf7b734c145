package dev.muster.tracing;

import dev.muster.domain.tracing.TraceParent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that takes time, as part of a trace. Thread-safe; to be ended once. */
public interface Span {
  /** What part a span has in a conversation. */
  enum Kind {
    /** It answers a request. */
    SERVER,
    /** It does what was handed over some time before. */
    CONSUMER,
    /** It is neither. */
    INTERNAL
  }

  /** Notes a text; one that is too long is cut. */
  Span with(String key, String value);

  /** Notes a number. */
  Span with(String key, long value);

  /** Notes that it failed, and in which known way: a stable name, never a message. */
  Span failed(String errorClass);

  /**
   * With what others go on below this span: that of the parent where nothing is traced, null where
   * there is none either.
   */
  @Nullable TraceParent context();

  /** Ends it now. */
  void end();

  /** Ends it at a moment. */
  void end(Instant at);
}
