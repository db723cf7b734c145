package dev.muster.http.route;

import dev.muster.ports.in.access.Caller;
import org.jspecify.annotations.Nullable;

/** Carries out an operation for a caller who was admitted. */
@FunctionalInterface
public interface Handler {
  /** Answers, or throws {@link dev.muster.wire.problem.Rejection}. */
  Answer handle(Request request, Caller caller);

  /**
   * What a repetition under the same idempotency key is answered: as a rule what was recorded. Here
   * a handler puts back what must not be stored and can be derived again.
   *
   * @param recorded the body that was recorded, without secrets
   * @param location the address of what was created, or null
   */
  default String repeated(String recorded, @Nullable String location, Caller caller) {
    return recorded;
  }
}
