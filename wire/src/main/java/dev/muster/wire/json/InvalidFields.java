package dev.muster.wire.json;

import java.util.List;

/**
 * The request is understood but breaks rules. Carries no stack trace: it is an answer, not a bug.
 */
public final class InvalidFields extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<FieldProblem> problems;

  /** Refuses for these problems, at least one. */
  public InvalidFields(List<FieldProblem> problems) {
    super("invalid fields", null, false, false);
    this.problems = List.copyOf(problems);
  }

  /** Refuses for one problem. */
  public static InvalidFields at(String pointer, String message) {
    return new InvalidFields(List.of(new FieldProblem(pointer, message)));
  }

  /** What is wrong, in the order it was found. */
  public List<FieldProblem> problems() {
    return problems;
  }
}
