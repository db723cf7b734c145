package dev.muster.agent.configuration;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong, so that it is reported at once. Not safe for threads. */
public final class Problems {
  private final List<Problem> found = new ArrayList<>();

  /**
   * One thing that is wrong.
   *
   * @param path where, with dots: {@code connectors.exec.tools}
   * @param message what to do about it; never holds a secret
   */
  public record Problem(String path, String message) {}

  /** Notes a problem. */
  public void add(String path, String message) {
    found.add(new Problem(path, message));
  }

  /** Whether nothing is wrong so far. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** What was found, in order. */
  public List<Problem> list() {
    return List.copyOf(found);
  }
}
