package dev.muster.domain.scheduling;

import dev.muster.domain.job.Priority;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

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

  private record Key(Shape.Key shape, Priority priority) {}

  /** The lanes that these jobs of one tenant make up, where there are no others. */
  static List<LaneStart> whole(List<QueuedJob> jobs) {
    return jobs.stream()
        .sorted(Comparator.comparing(QueuedJob::queuedAt))
        .collect(
            Collectors.groupingBy(
                job -> new Key(Shape.Key.of(job), job.priority()),
                LinkedHashMap::new,
                Collectors.toList()))
        .values()
        .stream()
        .map(lane -> new LaneStart(lane, true))
        .toList();
  }
}
