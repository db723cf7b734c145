package dev.muster.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.tracing.TraceParent;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NoTracingTest {
  @Test
  void a_trace_goes_on_where_nobody_traces() {
    TraceParent parent = new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", 1);
    Span span = Tracing.NONE.begin(Span.Kind.SERVER, "one", parent);

    assertThat(span.with("a", "b").with("c", 1).failed("timeout").context()).isEqualTo(parent);
    span.end();
    span.end(Instant.EPOCH);
    assertThat(Tracing.NONE.begin(Span.Kind.SERVER, "one", null).context()).isNull();
    assertThat(Tracing.NONE.isOn()).isFalse();
  }
}
