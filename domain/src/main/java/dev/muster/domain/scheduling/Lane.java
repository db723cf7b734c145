package dev.muster.domain.scheduling;

import dev.muster.domain.job.Priority;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one lane: its first jobs, and whether storage has more.
 *
 * <p>Where it has, everything up to {@code end} is remembered or gone, and what comes behind it is
 * left to storage until the lane has been read on from there.
 */
final class Lane {
  private final TenantId tenant;
  private final Shape shape;
  private final Priority priority;
  private final int most;
  private final JobWindow window = new JobWindow();

  /** Null while the whole lane is remembered. */
  private @Nullable QueuedJob end;

  /** As many were remembered when it was last read, or full. */
  private int filledTo;

  /** What came behind the end since somebody went to read on, and may have missed it. */
  private @Nullable List<QueuedJob> since;

  private @Nullable Match match;
  private Matches.@Nullable State matchedIn;

  Lane(TenantId tenant, Shape shape, Priority priority, int most) {
    this.tenant = tenant;
    this.shape = shape;
    this.priority = priority;
    this.most = most;
  }

  Shape shape() {
    return shape;
  }

  Priority priority() {
    return priority;
  }

  JobWindow window() {
    return window;
  }

  boolean isWhole() {
    return end == null;
  }

  /**
   * Whether it is time to read on: less than half is left of what was last read.
   *
   * @param few with more than so many left it is not
   */
  boolean isLow(int few) {
    return end != null && window.size() <= Math.min(few, filledTo / 2);
  }

  @Nullable QueuedJob end() {
    return end;
  }

  /** The first job; there must be one. */
  QueuedJob first() {
    return job(0);
  }

  /** Takes the first job out; there must be one. */
  QueuedJob takeFirst() {
    QueuedJob first = first();
    window.removeFirst();
    return first;
  }

  /** A job that is in storage: remembered unless it stands behind the end. */
  void offer(QueuedJob job) {
    if (end != null && inOrder(end, job)) {
      if (since != null && since.size() < most) {
        since.add(job);
      }
      return;
    }
    window.add(job);
    bound();
  }

  void fill(List<QueuedJob> first, boolean whole) {
    for (QueuedJob job : first) {
      window.add(job);
    }
    if (!whole && !first.isEmpty()) {
      end = first.getLast();
    }
    bound();
    filledTo = window.size();
  }

  /** Somebody goes to read on behind the end. */
  void askOn() {
    if (since == null) {
      since = new ArrayList<>();
    }
  }

  /** What was read behind {@code from}; nothing happens where that is the end no more. */
  void goOn(QueuedJob from, List<QueuedJob> next, boolean whole) {
    if (end == null || !end.id().equals(from.id())) {
      return;
    }
    List<QueuedJob> missed = since == null ? List.of() : since;
    since = null;
    end = null;
    fill(next, true);
    // As many as were written down may be fewer than came.
    boolean nothingBehind = whole && missed.size() < most;
    if (!nothingBehind && end == null) {
      end = next.isEmpty() ? from : next.getLast();
    }
    // The reading may be older or newer than these: again where it is newer does no harm.
    missed.forEach(this::offer);
  }

  Match match(Matches matches, TenantSlug slug) {
    Match known = match;
    if (known == null || matchedIn != matches.state()) {
      known = matches.find(this, slug);
      match = known;
      matchedIn = matches.state();
    }
    return known;
  }

  private void bound() {
    while (window.size() > most) {
      window.removeLast();
      filledTo = most;
      end = job(window.size() - 1);
    }
  }

  private QueuedJob job(int index) {
    return new QueuedJob(
        window.id(index),
        tenant,
        shape.key().pool(),
        shape.key().workerType(),
        priority,
        shape.key().requirements(),
        EpochNanos.toInstant(window.queuedAt(index)));
  }

  private static boolean inOrder(QueuedJob first, QueuedJob second) {
    return QueuePriority.byAge(
            EpochNanos.of(first.queuedAt()),
            first.id().value().getMostSignificantBits(),
            first.id().value().getLeastSignificantBits(),
            EpochNanos.of(second.queuedAt()),
            second.id().value().getMostSignificantBits(),
            second.id().value().getLeastSignificantBits())
        < 0;
  }
}
