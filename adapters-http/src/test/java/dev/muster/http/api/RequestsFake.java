package dev.muster.http.api;

import dev.muster.domain.tracing.TraceParent;
import dev.muster.http.RequestTracing;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Notes requests where it is told to. Thread-safe. */
final class RequestsFake implements RequestTracing {
  /** What goes on below a request that is noted. */
  static final TraceParent BELOW =
      new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "1111111111111111", 1);

  private final List<String> ended = new CopyOnWriteArrayList<>();
  private volatile boolean on;

  void switchOn() {
    on = true;
  }

  /** What has ended, as {@code POST /path 201 parent}. */
  List<String> ended() {
    return List.copyOf(ended);
  }

  @Override
  public Traced begin(String method, String path, @Nullable TraceParent parent) {
    if (!on) {
      return RequestTracing.NONE.begin(method, path, parent);
    }
    return new Traced() {
      @Override
      public TraceParent context() {
        return BELOW;
      }

      @Override
      public void end(int status) {
        ended.add("%s %s %d %s".formatted(method, path, status, parent));
      }
    };
  }
}
