package dev.muster.domain.scheduling;

import dev.muster.domain.job.JobId;
import dev.muster.domain.scheduling.World.Entry;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Lays down how the attempts of jobs will go, so that as many fail as are assumed to, without any
 * chance: of a share of a quarter each fourth.
 *
 * <p>What fails is spread over jobs of one type, in the order of tenants, priorities and age, and
 * for first attempts, second ones and so on each by itself. So the share holds, to within one
 * attempt, for a type as for each tenant and priority within it, and whose turn it is when decides
 * nothing. For one thread.
 */
public final class Courses {
  private static final Comparator<Entry> ORDER =
      Comparator.comparing(Entry::type)
          .thenComparing(entry -> entry.job().tenant().value())
          .thenComparing(entry -> entry.job().priority())
          .thenComparing(entry -> entry.job().queuedAt())
          .thenComparing(entry -> entry.job().id().value());

  private final Function<String, Prospect> prospects;
  private final Map<Nth, Spread> spreads = new HashMap<>();

  private record Nth(String type, int attempt) {}

  /**
   * Courses as prospects have it.
   *
   * @param prospects by type
   */
  public Courses(Function<String, Prospect> prospects) {
    this.prospects = prospects;
  }

  /** Of jobs that wait, from their next start on. Goes on where what was laid down before ended. */
  public Map<JobId, Course> ofWaiting(List<Entry> entries) {
    return of(entries, 0);
  }

  /** Of jobs that agents have, from the end of the attempt under way on. */
  public Map<JobId, Course> ofLeased(List<Entry> entries) {
    return of(entries, 1);
  }

  private Map<JobId, Course> of(List<Entry> entries, int underWay) {
    Map<JobId, Course> courses = new HashMap<>();
    for (Entry entry : entries.stream().sorted(ORDER).toList()) {
      int attempts = entry.maxAttempts() - entry.attemptsUsed() + underWay;
      courses.put(entry.job().id(), course(entry.type(), attempts));
    }
    return courses;
  }

  /**
   * @param attempts that there is budget for; who waits has one in any case
   */
  private Course course(String type, int attempts) {
    Prospect prospect = prospects.apply(type);
    int retries = 0;
    while (true) {
      Spread spread = spreads.computeIfAbsent(new Nth(type, retries), nth -> new Spread(prospect));
      if (!spread.fails()) {
        return new Course(retries, false, prospect.completes(), prospect.fails());
      }
      if (spread.isFatal() || retries + 1 >= attempts) {
        return new Course(retries, true, prospect.completes(), prospect.fails());
      }
      retries++;
    }
  }

  /** Whole numbers carried on from one to the next, beginning in the middle. */
  private static final class Spread {
    private final Prospect prospect;
    private long failing;
    private long fatal;

    Spread(Prospect prospect) {
      this.prospect = prospect;
      failing = prospect.of() / 2;
      fatal = prospect.failed() / 2;
    }

    boolean fails() {
      failing += prospect.failed();
      boolean fails = failing >= prospect.of();
      failing -= fails ? prospect.of() : 0;
      return fails;
    }

    /** To be asked for each that fails. */
    boolean isFatal() {
      fatal += prospect.fatal();
      boolean isFatal = fatal >= prospect.failed();
      fatal -= isFatal ? prospect.failed() : 0;
      return isFatal;
    }
  }
}
