package dev.muster.wire.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.tracing.TraceParent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 203.0.113.9                        | 10.0.0.1",
        "1 | 203.0.113.9                        | 203.0.113.9",
        "1 | 198.51.100.7, 203.0.113.9          | 203.0.113.9",
        "2 | 6.6.6.6, 198.51.100.7, 203.0.113.9 | 198.51.100.7",
        "3 | 198.51.100.7, 203.0.113.9          | 10.0.0.1",
        "1 | 203.0.113.9:4711                   | 203.0.113.9",
        "1 | [2001:db8::1]:4711                 | 2001:db8:0:0:0:0:0:1",
        "1 | 2001:db8::1                        | 2001:db8:0:0:0:0:0:1",
        "1 | evil.example.com                   | 10.0.0.1",
        "1 | 203.0.113.9,                       | 10.0.0.1",
        "1 | unknown                            | 10.0.0.1",
      })
  void the_address_is_the_nth_from_the_right(int hops, String forwarded, String expected) {
    var headers = HeadersFake.of("X-Forwarded-For", forwarded);

    assertThat(new ClientAddress(new Proxies(hops, null, Optional.empty())).of(headers, "10.0.0.1"))
        .isEqualTo(expected);
  }

  @Test
  void several_forwarded_headers_are_one_list() {
    var headers =
        HeadersFake.of("X-Forwarded-For", "1.1.1.1, 2.2.2.2", "X-Forwarded-For", "3.3.3.3");

    assertThat(new ClientAddress(new Proxies(2, null, Optional.empty())).of(headers, "10.0.0.1"))
        .isEqualTo("2.2.2.2");
  }

  @Test
  void a_trace_is_taken_over() {
    assertThat(traceIn("00-" + TRACE + "-" + PARENT + "-01"))
        .isEqualTo(new TraceParent(TRACE, PARENT, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "ff-" + TRACE + "-" + PARENT + "-01",
        "00-" + TRACE + "-" + PARENT + "-01-more",
        "00-00000000000000000000000000000000-" + PARENT + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + PARENT + "-01"
      })
  void a_trace_that_the_standard_forbids_is_none(String header) {
    assertThat(traceIn(header)).isNull();
  }

  @Test
  void two_traces_are_none() {
    var headers =
        HeadersFake.of(
            "traceparent", "00-" + TRACE + "-" + PARENT + "-01",
            "traceparent", "00-" + TRACE + "-" + PARENT + "-00");

    assertThat(Origin.of(headers, "id", "::1").trace()).isNull();
  }

  private static @Nullable TraceParent traceIn(String header) {
    return Origin.of(HeadersFake.of("traceparent", header), "id", "::1").trace();
  }

  @Test
  void a_user_agent_cannot_break_a_log_line() {
    var origin =
        Origin.of(HeadersFake.of("User-Agent", "a\nb\u001b[31m" + "c".repeat(500)), "id", "::1");

    assertThat(origin.userAgent()).startsWith("a?b?[31mc").hasSize(256);
  }
}
