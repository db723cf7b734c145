package dev.muster.http.route;

/** Carries out an operation for anybody. */
@FunctionalInterface
public interface OpenHandler {
  /** Answers, or throws {@link dev.muster.http.problem.Rejection}. */
  Answer handle(Request request);
}
