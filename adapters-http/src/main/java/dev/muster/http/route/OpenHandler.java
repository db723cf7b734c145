package dev.muster.http.route;

/** Carries out an operation for anybody. */
@FunctionalInterface
public interface OpenHandler {
  /** Answers, or throws {@link dev.muster.wire.problem.Rejection}. */
  Answer handle(Request request);
}
