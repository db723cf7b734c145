package dev.muster.wire.problem;

import dev.muster.wire.json.FieldProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One refusal.
 *
 * @param code what happened
 * @param detail a sentence about this occurrence; never repeats a value from the request
 * @param errors the fields at fault, often none
 * @param members further members of the document, such as the missing permission
 * @param headers further headers, such as {@code Retry-After}
 */
public record Problem(
    ProblemCode code,
    String detail,
    List<FieldProblem> errors,
    Map<String, String> members,
    Map<String, String> headers) {

  /** Copies what it is given. */
  public Problem {
    errors = List.copyOf(errors);
    members = Map.copyOf(members);
    headers = Map.copyOf(headers);
  }

  /** A problem with nothing but a code and a sentence. */
  public static Problem of(ProblemCode code, String detail) {
    return new Problem(code, detail, List.of(), Map.of(), Map.of());
  }

  /** A problem of certain fields. */
  public static Problem ofFields(ProblemCode code, List<FieldProblem> errors) {
    return new Problem(code, code.title() + ".", errors, Map.of(), Map.of());
  }

  /** The same with one more header. */
  public Problem withHeader(String name, String value) {
    return new Problem(code, detail, errors, members, plus(headers, name, value));
  }

  /** The same with one more member. */
  public Problem with(String member, String value) {
    return new Problem(code, detail, errors, plus(members, member, value), headers);
  }

  private static Map<String, String> plus(Map<String, String> map, String key, String value) {
    var more = new LinkedHashMap<>(map);
    more.put(key, value);
    return more;
  }
}
