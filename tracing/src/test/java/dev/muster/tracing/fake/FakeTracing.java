package dev.muster.tracing.fake;

import dev.muster.domain.tracing.TraceParent;
import dev.muster.tracing.Span;
import dev.muster.tracing.Tracing;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps what it is told, as a line for each span that has ended. Thread-safe. */
public final class FakeTracing implements Tracing {
  private final List<String> ended = new CopyOnWriteArrayList<>();

  /** As {@code name in parent key=value … failed: class}. */
  public List<String> ended() {
    return List.copyOf(ended);
  }

  @Override
  public Span begin(
      Span.Kind kind, String name, @Nullable TraceParent parent, @Nullable Instant since) {
    return new Kept(new StringBuffer(name + " in " + parent), parent);
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void close() {}

  private final class Kept implements Span {
    private final StringBuffer line;
    private final @Nullable TraceParent context;

    private Kept(StringBuffer line, @Nullable TraceParent context) {
      this.line = line;
      this.context = context;
    }

    @Override
    public Span with(String key, String value) {
      line.append(' ').append(key).append('=').append(value);
      return this;
    }

    @Override
    public Span with(String key, long value) {
      return with(key, String.valueOf(value));
    }

    @Override
    public Span failed(String errorClass) {
      line.append(" failed: ").append(errorClass);
      return this;
    }

    @Override
    public @Nullable TraceParent context() {
      return context;
    }

    @Override
    public void end() {
      ended.add(line.toString());
    }

    @Override
    public void end(Instant at) {
      end();
    }
  }
}
