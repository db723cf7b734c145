package dev.muster.domain.scheduling;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** All shapes of remembered lanes, each once. */
final class Shapes {
  /** Up to here nobody asks which of them are still in use. */
  private static final int FEW = 1_024;

  private final Map<Shape.Key, Shape> known = new HashMap<>();
  private final Supplier<Set<Shape>> inUse;
  private int most = FEW;

  /**
   * @param inUse the shapes of all lanes there are
   */
  Shapes(Supplier<Set<Shape>> inUse) {
    this.inUse = inUse;
  }

  Shape of(QueuedJob job) {
    Shape.Key key = Shape.Key.of(job);
    Shape shape = known.get(key);
    if (shape == null) {
      forgetUnused();
      shape = new Shape(key);
      known.put(key, shape);
    }
    return shape;
  }

  /** Without this every set of requirements that ever came by would stay. */
  private void forgetUnused() {
    if (known.size() >= most) {
      known.values().retainAll(inUse.get());
      most = Math.max(FEW, 2 * known.size());
    }
  }
}
