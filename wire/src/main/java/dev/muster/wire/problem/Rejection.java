package dev.muster.wire.problem;

/** Ends the handling of a request with a problem. Carries no stack trace: it is an answer. */
public final class Rejection extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /** Refuses with this problem. */
  public Rejection(Problem problem) {
    super(problem.code().code(), null, false, false);
    this.problem = problem;
  }

  /** Refuses with a code and a sentence. */
  public static Rejection of(ProblemCode code, String detail) {
    return new Rejection(Problem.of(code, detail));
  }

  /** There is no such resource; the same words for one of another tenant. */
  public static Rejection notFound() {
    return of(ProblemCode.NOT_FOUND, "There is nothing here, or nothing that you may know of.");
  }

  /** The one answer to everybody who could not be authenticated, whatever the cause. */
  public static Rejection unauthenticated() {
    return new Rejection(
        Problem.of(ProblemCode.UNAUTHENTICATED, "Present a valid credential.")
            .withHeader("WWW-Authenticate", "Bearer"));
  }

  /** What the caller is told. */
  public Problem problem() {
    return problem;
  }
}
