package dev.muster.http;

import java.util.List;

/** Tells whether the server can do its work, apart from HTTP itself. */
@FunctionalInterface
public interface Readiness {
  /**
   * What is missing, in short words such as {@code database}; empty when all is well. Answers
   * within a second or two.
   */
  List<String> missing();

  /** What an operator should look at although the server works, in short words. */
  default List<String> warnings() {
    return List.of();
  }
}
