package dev.muster.wire.json;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one request. For one thread. */
public final class Problems {
  /** A batch of 8 MiB can be wrong in a million places; the first ones say enough. */
  private static final int MOST = 100;

  private final List<FieldProblem> found = new ArrayList<>();
  private int count;

  /** Adds a problem. */
  public void add(String pointer, String message) {
    count++;
    if (found.size() < MOST) {
      found.add(new FieldProblem(pointer, message));
    }
  }

  /** How many there are, those beyond the shown ones included. */
  public int count() {
    return count;
  }

  /**
   * Goes on only when nothing is wrong.
   *
   * @throws InvalidFields with all problems
   */
  public void refuseIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidFields(found);
    }
  }
}
