package dev.muster.http.route;

import dev.muster.ports.in.access.Caller;

/** Carries out an operation for a caller who was admitted. */
@FunctionalInterface
public interface Handler {
  /** Answers, or throws {@link dev.muster.http.problem.Rejection}. */
  Answer handle(Request request, Caller caller);
}
