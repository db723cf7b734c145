package dev.muster.jdbc.job;

import static dev.muster.jdbc.Columns.word;

import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Priority;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.SqlArray;
import dev.muster.jdbc.job.LineStarts.Line;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
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
      SELECT range.number, count(*) AS before, min(ahead.queued_at) AS first
      FROM unnest(:agents, :priorities, :froms, :ats, :ids) WITH ORDINALITY
        AS range (agents, priority, since, at, id, number)
      CROSS JOIN LATERAL (
        SELECT jobs.queued_at FROM jobs
        WHERE jobs.agent_tenant_id = range.agents AND jobs.priority = range.priority
          AND jobs.status = 'queued' AND jobs.due
          AND jobs.queued_at >= range.since
          AND (jobs.queued_at, jobs.id) < (range.at, range.id)
        ORDER BY jobs.queued_at, jobs.id
        LIMIT :most) AS ahead
      GROUP BY range.number
      """;

  /** No id is smaller, so that a bound with it ends before the moment itself. */
  private static final UUID FIRST_ID = new UUID(0, 0);

  private PlaceInLine() {}

  /**
   * The places of all jobs of the lines that are not past {@code most}, with one statement.
   *
   * @param starts where to begin; what is found is learned there
   */
  static Map<JobId, Integer> of(
      Handle handle, List<LineUp> lines, Instant now, int most, LineStarts starts) {
    List<Range> ranges = ranges(lines, now, starts);
    List<Counted> counts = count(handle, ranges, most);
    learn(ranges, counts, now, starts);
    int[] before = new int[lines.size()];
    for (int i = 0; i < counts.size(); i++) {
      before[ranges.get(i).number()] += counts.get(i).before();
    }
    Map<JobId, Integer> places = new HashMap<>();
    for (int line = 0; line < lines.size(); line++) {
      int place = before[line];
      for (JobId job : lines.get(line).jobs()) {
        if (++place <= most) {
          places.put(job, place);
        }
      }
    }
    return places;
  }

  private static List<Range> ranges(List<LineUp> lines, Instant now, LineStarts starts) {
    List<Range> ranges = new ArrayList<>();
    for (int number = 0; number < lines.size(); number++) {
      for (Priority priority : Priority.values()) {
        Bound bound = bound(lines.get(number), priority, now.truncatedTo(ChronoUnit.MICROS));
        if (bound != null) {
          Line line = new Line(lines.get(number).agents(), priority);
          ranges.add(new Range(number, line, starts.of(line), bound));
        }
      }
    }
    return ranges;
  }

  /** In the order of the ranges. */
  private static List<Counted> count(Handle handle, List<Range> ranges, int most) {
    List<Counted> counts = new ArrayList<>(Collections.nCopies(ranges.size(), Counted.NOTHING));
    handle
        .createQuery(COUNT)
        .bind("agents", array(UUID.class, ranges, range -> range.line().agents().value()))
        .bind("priorities", array(String.class, ranges, range -> word(range.line().priority())))
        .bind("froms", array(Instant.class, ranges, Range::from))
        .bind("ats", array(Instant.class, ranges, range -> range.bound().at()))
        .bind("ids", array(UUID.class, ranges, range -> range.bound().id()))
        .bind("most", most)
        .map((row, context) ->
            counts.set(
                row.getInt("number") - 1,
                new Counted(row.getInt("before"), Columns.instant(row, "first"))))
        .list();
    return counts;
  }

  private static Argument array(Class<?> type, List<Range> ranges, Function<Range, ?> of) {
    return SqlArray.of(type, ranges.stream().map(of).toArray());
  }

  /** Of several counts of one line the earliest job tells its start; without any the last bound. */
  private static void learn(
      List<Range> ranges, List<Counted> counts, Instant now, LineStarts starts) {
    Map<Line, Instant> firsts = new HashMap<>();
    Map<Line, Instant> bounds = new HashMap<>();
    Map<Line, Instant> froms = new HashMap<>();
    for (int i = 0; i < ranges.size(); i++) {
      Line line = ranges.get(i).line();
      Instant first = counts.get(i).first();
      if (first != null) {
        firsts.merge(line, first, PlaceInLine::earlier);
      }
      bounds.merge(line, ranges.get(i).bound().at(), PlaceInLine::later);
      froms.put(line, ranges.get(i).from());
    }
    froms.forEach((line, from) ->
        starts.learn(line, from, firsts.getOrDefault(line, bounds.getOrDefault(line, from)), now));
  }

  private static Instant earlier(Instant one, Instant other) {
    return other.isBefore(one) ? other : one;
  }

  private static Instant later(Instant one, Instant other) {
    return other.isAfter(one) ? other : one;
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

  /** What may stand before the jobs of a number in one class. */
  private record Range(int number, Line line, Instant from, Bound bound) {}

  /** How many stand there, and since when the first of them does; null where none does. */
  private record Counted(int before, @Nullable Instant first) {
    static final Counted NOTHING = new Counted(0, null);
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

    private boolean isBefore(Bound other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime < 0 : LineUp.compare(id, other.id) < 0;
    }
  }
}
