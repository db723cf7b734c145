package dev.muster.application.job;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.job.BulkRetry.Obstacle;
import dev.muster.ports.in.job.BulkRetry.OfTenant;
import dev.muster.ports.out.job.EndedJobs.QueueRoom;
import org.jspecify.annotations.Nullable;

/**
 * How far an order to try many jobs again is with one tenant.
 *
 * @param room how many the queue had room for at the beginning
 * @param budget how many the order may still queue here
 */
record RetryProgress(int matched, int room, int retried, int budget) {
  static RetryProgress of(int matched, QueueRoom queue, int budget) {
    return new RetryProgress(
        matched, queue.open() ? Math.min(matched, queue.free()) : 0, 0, budget);
  }

  RetryProgress and(int more) {
    return new RetryProgress(matched, room, retried + more, budget);
  }

  int left() {
    return Math.max(0, matched - retried);
  }

  /** How many may go now. */
  int most(QueueRoom queue) {
    return queue.open() ? Math.min(queue.free(), budget - retried) : 0;
  }

  /** How many would go if nothing changed. */
  int foreseen() {
    return Math.min(room, budget);
  }

  /** What a dry run answers. */
  OfTenant foreseen(TenantId tenant, QueueRoom queue) {
    return new OfTenant(tenant, matched, room, 0, and(foreseen()).obstacle(queue));
  }

  /** What stands in the way of the rest, or null where there is none. */
  @Nullable Obstacle obstacle(QueueRoom queue) {
    if (left() == 0) {
      return null;
    }
    if (!queue.open()) {
      return Obstacle.TENANT_SUSPENDED;
    }
    return retried >= budget ? Obstacle.TOO_MANY : Obstacle.QUEUE_FULL;
  }
}
