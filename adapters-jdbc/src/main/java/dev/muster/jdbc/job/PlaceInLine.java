package dev.muster.jdbc.job;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Priority;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.Columns;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How many jobs go before one, by the formula.
 *
 * <p>The formula orders as {@code max(queued_at, now − 50 min) − base × 6 s} does, then {@code
 * queued_at}, then the id. Solved for {@code queued_at}, those before a job are in each class a
 * range of the index: all that were queued before a bound that depends on the class alone. So
 * counting reads no more entries than it counts.
 */
final class PlaceInLine {
  private static final int SECONDS_PER_POINT = 6;
  private static final Duration TO_CEILING = Duration.ofMinutes(50);

  static final String COUNT =
      """
      SELECT count(*) FROM (
        SELECT 1 FROM jobs
        WHERE agent_tenant_id = :agents AND priority = :priority
          AND status = 'queued' AND due
          AND (queued_at, id) < (:at, :id)
        LIMIT :most) AS before
      """;

  /** No id is smaller, so that a bound with it ends before the moment itself. */
  private static final UUID FIRST_ID = new UUID(0, 0);

  private PlaceInLine() {}

  static Optional<Integer> of(Handle handle, Job job, Instant now, int most) {
    if (job.status() != JobStatus.QUEUED || isDelayed(job, now)) {
      return Optional.empty();
    }
    int before = 0;
    for (Priority priority : Priority.values()) {
      Bound bound = bound(job, priority, now.truncatedTo(ChronoUnit.MICROS));
      if (bound != null && before < most) {
        before += count(handle, job, priority, bound, most - before);
      }
    }
    return before < most ? Optional.of(before + 1) : Optional.empty();
  }

  private static boolean isDelayed(Job job, Instant now) {
    return job.availableAt() != null && job.availableAt().isAfter(now);
  }

  /** Those of the class that go before the job are those before this; null where none do. */
  private static @Nullable Bound bound(Job job, Priority priority, Instant now) {
    Instant ceiling = now.minus(TO_CEILING);
    Instant from = job.queuedAt().isAfter(ceiling) ? job.queuedAt() : ceiling;
    long points = (long) priority.base() - job.spec().priority().base();
    Instant same = from.plusSeconds(points * SECONDS_PER_POINT);
    int aged = same.compareTo(ceiling);
    if (aged < 0) {
      return null;
    }
    Bound itself = new Bound(job.queuedAt(), job.id().value());
    // At the ceiling all that are older have the same value, and go by their age.
    return aged == 0
        ? Bound.earlier(itself, Bound.after(ceiling))
        : Bound.earlier(Bound.after(same), Bound.later(itself, Bound.before(same)));
  }

  private static int count(Handle handle, Job job, Priority priority, Bound bound, int most) {
    TenantId agents = job.pool() == Pool.SHARED ? TenantId.SYSTEM : job.tenant();
    return handle
        .createQuery(COUNT)
        .bind("agents", agents.value())
        .bind("priority", Columns.word(priority))
        .bind("at", bound.at())
        .bind("id", bound.id())
        .bind("most", most)
        .mapTo(Integer.class)
        .one();
  }

  /** A place in the order of queued_at and id. */
  private record Bound(Instant at, UUID id) {
    static Bound before(Instant at) {
      return new Bound(at, FIRST_ID);
    }

    static Bound after(Instant at) {
      return new Bound(at.plus(1, ChronoUnit.MICROS), FIRST_ID);
    }

    static Bound earlier(Bound one, Bound other) {
      return one.isBefore(other) ? one : other;
    }

    static Bound later(Bound one, Bound other) {
      return one.isBefore(other) ? other : one;
    }

    /** Unsigned, as PostgreSQL compares ids. */
    private boolean isBefore(Bound other) {
      int byTime = at.compareTo(other.at);
      if (byTime != 0) {
        return byTime < 0;
      }
      int high =
          Long.compareUnsigned(id.getMostSignificantBits(), other.id.getMostSignificantBits());
      return high != 0
          ? high < 0
          : Long.compareUnsigned(id.getLeastSignificantBits(), other.id.getLeastSignificantBits())
              < 0;
    }
  }
}
