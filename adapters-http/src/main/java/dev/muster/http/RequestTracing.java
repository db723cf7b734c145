package dev.muster.http;

import dev.muster.domain.tracing.TraceParent;
import org.jspecify.annotations.Nullable;

/** Notes how long requests take. Thread-safe; never blocks or throws. */
@FunctionalInterface
public interface RequestTracing {
  /** Notes nothing, and passes on what came. */
  RequestTracing NONE = (method, path, parent) -> new Unnoted(parent);

  /**
   * A request begins.
   *
   * @param path as the route declares it, without what stands in its places
   * @param parent the caller's trace, or null
   */
  Traced begin(String method, String path, @Nullable TraceParent parent);

  /** A request under way. */
  interface Traced {
    /** What goes on below this request is part of; null for none. */
    @Nullable TraceParent context();

    /** It was answered. */
    void end(int status);
  }

  /** A request that nobody notes. */
  record Unnoted(@Nullable TraceParent context) implements Traced {
    @Override
    public void end(int status) {}
  }
}
