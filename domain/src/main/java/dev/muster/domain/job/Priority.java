package dev.muster.domain.job;

import dev.muster.domain.identity.WireNamed;

/** How urgent a job is. */
public enum Priority implements WireNamed {
  /** Before all others. */
  CRITICAL(1000),
  /** Before the ordinary. */
  HIGH(750),
  /** The ordinary. */
  NORMAL(500),
  /** When nothing else waits. */
  LOW(250);

  private final int base;

  Priority(int base) {
    this.base = base;
  }

  /** Where the queue priority of a job of this class starts. */
  public int base() {
    return base;
  }
}
