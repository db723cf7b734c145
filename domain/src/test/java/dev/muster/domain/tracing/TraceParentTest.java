package dev.muster.domain.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";
  private static final String WHOLE = "00-" + TRACE + "-" + SPAN + "-01";

  @Test
  void the_example_of_the_standard_is_understood() {
    TraceParent trace = TraceParent.parse(WHOLE);

    assertThat(trace).isEqualTo(new TraceParent(TRACE, SPAN, 1));
    assertThat(trace).hasToString(WHOLE);
  }

  @Property
  void what_is_written_is_read_again(
      @ForAll long traceHigh,
      @ForAll long traceLow,
      @ForAll long span,
      @ForAll @IntRange(max = 3) int flags) {
    TraceParent trace =
        new TraceParent(
            "%016x%016x".formatted(traceHigh, traceLow | 1), "%016x".formatted(span | 1), flags);

    assertThat(trace.toString()).hasSize(TraceParent.LENGTH);
    assertThat(TraceParent.parse(trace.toString())).isEqualTo(trace);
  }

  @Property
  void what_is_read_is_whole_or_nothing(@ForAll @StringLength(max = 300) String anything) {
    assertWholeOrNothing(anything);
  }

  @Property
  void one_character_changed_is_whole_or_nothing(
      @ForAll @IntRange(max = 54) int place, @ForAll char other) {
    assertWholeOrNothing(WHOLE.substring(0, place) + other + WHOLE.substring(place + 1));
  }

  @Property
  void one_that_is_cut_or_goes_on_is_none(
      @ForAll @IntRange(max = 54) int length, @ForAll @StringLength(min = 1) String more) {
    assertThat(TraceParent.parse(WHOLE.substring(0, length))).isNull();
    assertThat(TraceParent.parse(WHOLE + more)).isNull();
  }

  @Property
  void no_character_but_lower_case_hex_is_in_an_id(@ForAll char strange) {
    boolean isHex = "0123456789abcdef".indexOf(strange) >= 0;

    assertThat(TraceParent.parse("00-" + strange + TRACE.substring(1) + "-" + SPAN + "-01") != null)
        .isEqualTo(isHex);
  }

  private static void assertWholeOrNothing(String header) {
    TraceParent trace = TraceParent.parse(header);
    if (trace != null) {
      assertThat(trace.toString()).hasSize(TraceParent.LENGTH).startsWith("00-");
      assertThat(header).contains(trace.traceId() + "-" + trace.spanId());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "ff-" + TRACE + "-" + SPAN + "-01",
        WHOLE + "-more",
        WHOLE + "\n",
        " " + WHOLE,
        WHOLE + "," + WHOLE,
        "00-00000000000000000000000000000000-" + SPAN + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-" + SPAN + "-01",
        "00_" + TRACE + "-" + SPAN + "-01",
        "00-" + TRACE + "-" + SPAN + "-1",
      })
  void what_the_standard_forbids_is_none(String header) {
    assertThat(TraceParent.parse(header)).isNull();
  }

  @Test
  void no_header_is_none() {
    assertThat(TraceParent.parse(null)).isNull();
  }

  @Test
  void of_a_later_version_is_taken_what_this_one_knows() {
    assertThat(TraceParent.parse("cc-" + TRACE + "-" + SPAN + "-01-what-the-future-brings"))
        .hasToString(WHOLE);
    assertThat(TraceParent.parse("cc-" + TRACE + "-" + SPAN + "-01.more")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"00,00", "01,01", "02,02", "03,03", "04,00", "ff,03"})
  void flags_that_nobody_has_defined_are_forgotten(String sent, String passedOn) {
    assertThat(TraceParent.parse("00-" + TRACE + "-" + SPAN + "-" + sent))
        .hasToString("00-" + TRACE + "-" + SPAN + "-" + passedOn);
  }

  @Test
  void parts_of_another_form_are_refused() {
    assertThatThrownBy(() -> new TraceParent(TRACE, SPAN, 4))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TraceParent(TRACE + "0", SPAN, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TraceParent(TRACE, "0".repeat(16), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
