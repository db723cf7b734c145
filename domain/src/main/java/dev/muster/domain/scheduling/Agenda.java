package dev.muster.domain.scheduling;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** What will happen in a {@link Simulation}, up to its horizon. */
final class Agenda {
  /** What happens to a job. */
  enum What {
    ATTEMPT_ENDS,
    BECOMES_DUE,
    LOSES_PATIENCE,
    EXPIRES
  }

  /** Something that happens to a job. */
  record Event(Instant at, What what, ReplayedJob job) {}

  private final Instant begin;
  private final Instant end;
  private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparing(Event::at));

  /** From a moment to another, both included. */
  Agenda(Instant begin, Instant end) {
    this.begin = begin;
    this.end = end;
  }

  /**
   * Notes what will happen; at the beginning, where that was before it, and never after the end.
   */
  void note(Instant at, What what, ReplayedJob job) {
    if (!at.isAfter(end)) {
      events.add(new Event(at.isBefore(begin) ? begin : at, what, job));
    }
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  /** When something happens next; something must. */
  Instant next() {
    return events.element().at();
  }

  /** What happens at a moment, if anything does: no longer on the agenda. */
  List<Event> take(Instant at) {
    List<Event> now = new ArrayList<>();
    while (!events.isEmpty() && events.element().at().equals(at)) {
      now.add(events.remove());
    }
    return now;
  }
}
