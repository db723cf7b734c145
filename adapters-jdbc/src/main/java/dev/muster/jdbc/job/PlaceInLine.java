package dev.muster.jdbc.job;

import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Priority;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.SqlArray;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** Ordered only so that the index is read, and not the whole table until there are enough. */
  static final String COUNT =
      """
      SELECT range.line, count(*) AS before
      FROM unnest(:lines, :agents, :priorities, :ats, :ids)
        AS range (line, agents, priority, at, id)
      CROSS JOIN LATERAL (
        SELECT 1 FROM jobs
        WHERE jobs.agent_tenant_id = range.agents AND jobs.priority = range.priority
          AND jobs.status = 'queued' AND jobs.due
          AND (jobs.queued_at, jobs.id) < (range.at, range.id)
        ORDER BY jobs.queued_at, jobs.id
        LIMIT :most) AS ahead
      GROUP BY range.line
      """;

  /** No id is smaller, so that a bound with it ends before the moment itself. */
  private static final UUID FIRST_ID = new UUID(0, 0);

  private PlaceInLine() {}

  /** The places of all jobs of the lines that are not past {@code most}, with one statement. */
  static Map<JobId, Integer> of(Handle handle, List<LineUp> lines, Instant now, int most) {
    Map<Integer, Integer> before = count(handle, ranges(lines, now), most);
    Map<JobId, Integer> places = new HashMap<>();
    for (int line = 0; line < lines.size(); line++) {
      int place = before.getOrDefault(line, 0);
      for (JobId job : lines.get(line).jobs()) {
        if (++place <= most) {
          places.put(job, place);
        }
      }
    }
    return places;
  }

  private static List<Range> ranges(List<LineUp> lines, Instant now) {
    List<Range> ranges = new ArrayList<>();
    for (int line = 0; line < lines.size(); line++) {
      for (Priority priority : Priority.values()) {
        Bound bound = bound(lines.get(line), priority, now.truncatedTo(ChronoUnit.MICROS));
        if (bound != null) {
          ranges.add(new Range(line, lines.get(line).agents(), priority, bound));
        }
      }
    }
    return ranges;
  }

  private static Map<Integer, Integer> count(Handle handle, List<Range> ranges, int most) {
    return handle
        .createQuery(COUNT)
        .bind("lines", SqlArray.of(Integer.class, ranges.stream().map(Range::line).toList()))
        .bind(
            "agents",
            SqlArray.of(UUID.class, ranges.stream().map(r -> r.agents().value()).toList()))
        .bind(
            "priorities",
            SqlArray.of(
                String.class, ranges.stream().map(r -> Columns.word(r.priority())).toList()))
        .bind("ats", SqlArray.of(Instant.class, ranges.stream().map(r -> r.bound().at()).toList()))
        .bind("ids", SqlArray.of(UUID.class, ranges.stream().map(r -> r.bound().id()).toList()))
        .bind("most", most)
        .reduceRows(
            new HashMap<Integer, Integer>(),
            (counts, row) -> {
              counts.put(
                  row.getColumn("line", Integer.class), row.getColumn("before", Integer.class));
              return counts;
            });
  }

  /** Those of the class that go before the line are those before this; null where none do. */
  private static @Nullable Bound bound(LineUp line, Priority priority, Instant now) {
    Instant ceiling = now.minus(TO_CEILING);
    Instant from = line.queuedAt().isAfter(ceiling) ? line.queuedAt() : ceiling;
    long points = (long) priority.base() - line.priority().base();
    Instant same = from.plusSeconds(points * SECONDS_PER_POINT);
    int aged = same.compareTo(ceiling);
    if (aged < 0) {
      return null;
    }
    Bound itself = new Bound(line.queuedAt(), line.first());
    // At the ceiling all that are older have the same value, and go by their age.
    return aged == 0
        ? Bound.earlier(itself, Bound.after(ceiling))
        : Bound.earlier(Bound.after(same), Bound.later(itself, Bound.before(same)));
  }

  /** What may stand before a line in one class. */
  private record Range(int line, TenantId agents, Priority priority, Bound bound) {}

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

    private boolean isBefore(Bound other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime < 0 : LineUp.compare(id, other.id) < 0;
    }
  }
}
