package dev.muster.domain.scheduling;

import dev.muster.domain.job.Requirements;
import dev.muster.domain.tenancy.Pool;

/**
 * What jobs ask of an agent: one object for all lanes that ask the same, so that agents are looked
 * for once for all of them. Equal only to itself, which is quicker than comparing requirements.
 */
final class Shape {
  /** What two shapes differ in. */
  record Key(Pool pool, String workerType, Requirements requirements) {
    static Key of(QueuedJob job) {
      return new Key(job.pool(), job.workerType(), job.requirements());
    }
  }

  private final Key key;

  Shape(Key key) {
    this.key = key;
  }

  Key key() {
    return key;
  }

  Pool pool() {
    return key.pool();
  }

  boolean hasRegion() {
    return key.requirements().preferredRegion() != null;
  }
}
