package dev.muster.domain.scheduling;

import java.util.List;

/**
 * How a lane begins in storage. A lane is what one tenant has queued of one priority for one pool,
 * worker type and set of requirements: first in, first out.
 *
 * @param first its first jobs in order of {@code queued_at}, then id; at least one
 * @param whole whether nothing stands behind them
 */
public record LaneStart(List<QueuedJob> first, boolean whole) {
  /** Copies the list. */
  public LaneStart {
    first = List.copyOf(first);
  }
}
