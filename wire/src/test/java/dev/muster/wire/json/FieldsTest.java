package dev.muster.wire.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
  private static <T> T read(String json, Shape<T> shape) {
    return Fields.read(StrictJson.parse(json.getBytes(StandardCharsets.UTF_8)), shape);
  }

  private static <T> List<FieldProblem> problems(String json, Shape<T> shape) {
    return catchThrowableOfType(InvalidFields.class, () -> read(json, shape)).problems();
  }

  private static <T> Shape<T> field(Kind<T> kind) {
    return in -> {
      var f = in.required("f", kind);
      return f::get;
    };
  }

  @Test
  void a_missing_and_a_null_field_are_both_required() {
    assertThat(problems("{}", field(Kinds.bool()))).containsExactly(problem("/f", "is required"));
    assertThat(problems("{\"f\":null}", field(Kinds.bool())))
        .containsExactly(problem("/f", "is required"));
  }

  @Test
  void an_optional_field_tells_absent_from_null() {
    Shape<List<Boolean>> shape =
        in -> {
          var a = in.optional("a", Kinds.bool());
          var b = in.optional("b", Kinds.bool());
          return () -> List.of(a.given(), b.given(), a.orNull() == null, b.or(true));
        };

    assertThat(read("{\"a\":null}", shape)).containsExactly(true, false, true, true);
  }

  @Test
  void an_unknown_field_is_refused_at_every_level() {
    Shape<String> shape =
        in -> {
          var inner = in.required("o", Kinds.object(field(Kinds.text(0, 9))));
          return inner::get;
        };

    assertThat(problems("{\"o\":{\"f\":\"x\",\"g\":1},\"h\":1}", shape))
        .containsExactly(
            problem("/o/g", "is not a known field"), problem("/h", "is not a known field"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "-1", "2.0", "1e1", "\"3\"", "true", "[]", "11", "99999999999999999999"})
  void a_whole_number_is_whole_and_within_its_bounds(String value) {
    assertThat(problems("{\"f\":" + value + "}", field(Kinds.integer(2, 10))))
        .containsExactly(problem("/f", "must be a whole number from 2 to 10"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "10"})
  void the_bounds_of_a_number_are_included(String value) {
    assertThat(read("{\"f\":" + value + "}", field(Kinds.integer(2, 10)))).hasToString(value);
  }

  @Test
  void the_length_of_text_counts_characters_not_code_units() {
    assertThat(read("{\"f\":\"😀😀\"}", field(Kinds.text(2, 2)))).isEqualTo("😀😀");
    assertThat(problems("{\"f\":\"😀😀😀\"}", field(Kinds.text(2, 2)))).hasSize(1);
  }

  @Test
  void a_pattern_must_match_as_a_whole() {
    var kind = Kinds.matching(Pattern.compile("[a-z]+"), 5, "lower-case letters");

    assertThat(read("{\"f\":\"abc\"}", field(kind))).isEqualTo("abc");
    assertThat(problems("{\"f\":\"abc1\"}", field(kind)))
        .containsExactly(problem("/f", "must be lower-case letters"));
    assertThat(problems("{\"f\":\"abcdef\"}", field(kind))).hasSize(1);
  }

  @Test
  void a_list_names_each_bad_entry() {
    var kind = Kinds.list(Kinds.integer(0, 9), 3);

    assertThat(problems("{\"f\":[1,\"x\",null]}", field(kind)))
        .containsExactly(
            problem("/f/1", "must be a whole number from 0 to 9"),
            problem("/f/2", "must not be null"));
    assertThat(problems("{\"f\":[1,2,3,4]}", field(kind)))
        .containsExactly(problem("/f", "must have at most 3 entries"));
    assertThat(problems("{\"f\":[1,1]}", field(Kinds.uniqueList(Kinds.integer(0, 9), 3))))
        .containsExactly(problem("/f", "must not have the same entry twice"));
  }

  @Test
  void a_word_is_one_of_the_offered() {
    var kind = Kinds.oneOf(Map.of("a", 1, "b", 2));

    assertThat(read("{\"f\":\"b\"}", field(kind))).isEqualTo(2);
    assertThat(problems("{\"f\":\"c\"}", field(kind)))
        .containsExactly(problem("/f", "must be one of a, b"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T12:00:00Z, 2026-01-31T12:00:00Z",
    "2026-01-31T12:00:00.123456789Z, 2026-01-31T12:00:00.123456Z",
    "2026-01-31T12:00:00+02:00, 2026-01-31T10:00:00Z",
    "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
  })
  void a_time_is_read_to_the_microsecond(String text, Instant expected) {
    assertThat(read("{\"f\":\"" + text + "\"}", field(Kinds.instant()))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2026-01-31",
        "2026-01-31T12:00:00",
        "2026-02-30T12:00:00Z",
        "1969-12-31T23:59:59Z",
        "+10000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "2026-01-31T25:00:00Z",
        "2026-01-31T12:00:00+19:00"
      })
  void what_is_not_a_time_is_refused(String text) {
    assertThat(problems("{\"f\":\"" + text + "\"}", field(Kinds.instant())))
        .extracting(FieldProblem::pointer)
        .containsExactly("/f");
  }

  @Test
  void the_size_of_kept_json_counts_its_compact_form() {
    assertThat(read("{\"f\": { \"a\" : 1 } }", field(Kinds.anyObject(7)))).hasToString("{\"a\":1}");
    assertThat(problems("{\"f\":{\"ab\":1}}", field(Kinds.anyObject(7))))
        .containsExactly(problem("/f", "must have at most 7 bytes"));
    assertThat(problems("{\"f\":[]}", field(Kinds.anyObject(7))))
        .containsExactly(problem("/f", "must be an object"));
  }

  @Test
  void a_rule_of_the_domain_becomes_a_problem_of_the_field() {
    Kind<String> picky =
        Kinds.text(0, 9)
            .as(text -> {
              throw new IllegalArgumentException("is not to our taste");
            });

    assertThat(problems("{\"f\":\"x\"}", field(picky)))
        .containsExactly(problem("/f", "is not to our taste"));
  }

  @Test
  void a_million_mistakes_are_not_all_repeated() {
    var kind = Kinds.list(Kinds.bool(), 1_000_000);
    var json = "{\"f\":[" + "1,".repeat(99_999) + "1]}";

    assertThat(problems(json, field(kind))).hasSize(100);
  }

  @Test
  void what_is_not_an_object_has_no_fields() {
    assertThat(problems("[]", field(Kinds.bool())))
        .containsExactly(problem("", "must be an object"));
  }

  private static FieldProblem problem(String pointer, String message) {
    return new FieldProblem(pointer, message);
  }
}
