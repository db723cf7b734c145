package dev.muster.domain.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Backoff;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job in a {@link Simulation}: goes the course that was laid down for it. */
final class ReplayedJob {
  /** Where it is, or how it ended. */
  enum State {
    /** Queued, and its time, or that of its next attempt, has not come. */
    DELAYED,
    /** In its lane. */
    WAITING,
    RUNNING,
    COMPLETED,
    FAILED,
    EXPIRED
  }

  private final World.Entry entry;
  private final Course course;
  private final boolean wasLeased;
  private State state;
  private Instant dueAt;
  private int attemptsUsed;
  private int failed;
  private int retries;
  private @Nullable AgentId agent;
  private @Nullable FirstStart firstStart;

  /**
   * A start.
   *
   * @param waited since the job was due, or since the simulation began where that was later
   */
  record FirstStart(Instant at, Duration waited) {}

  private ReplayedJob(World.Entry entry, Course course, State state, @Nullable AgentId agent) {
    this.entry = entry;
    this.course = course;
    this.state = state;
    this.agent = agent;
    wasLeased = agent != null;
    dueAt = entry.dueAt();
    attemptsUsed = entry.attemptsUsed();
  }

  /** One that waits at a moment. */
  static ReplayedJob of(World.Waiting waiting, Instant now) {
    State state = waiting.entry().dueAt().isAfter(now) ? State.DELAYED : State.WAITING;
    return new ReplayedJob(waiting.entry(), waiting.course(), state, null);
  }

  /** One that an agent has from the beginning on. */
  static ReplayedJob of(World.Leased leased) {
    return new ReplayedJob(leased.entry(), leased.course(), State.RUNNING, leased.agent());
  }

  QueuedJob job() {
    return entry.job();
  }

  State state() {
    return state;
  }

  /** Whether an agent had it from the beginning on. */
  boolean wasLeased() {
    return wasLeased;
  }

  /** Since when, or from when on, it may start. */
  Instant dueAt() {
    return dueAt;
  }

  /** When it expires, should it be in its lane then. */
  Instant expiresAt() {
    return dueAt.plus(entry.queueTimeout());
  }

  /** Who has it; there must be somebody. */
  AgentId agent() {
    if (agent == null) {
      throw new IllegalStateException("nobody has it");
    }
    return agent;
  }

  /** Its first start in the simulation, or null where there was none. */
  @Nullable FirstStart firstStart() {
    return firstStart;
  }

  /** How many of its starts were not its first attempt. */
  int retries() {
    return retries;
  }

  /** Its time has come. */
  void enterLane() {
    state = State.WAITING;
  }

  void expire() {
    state = State.EXPIRED;
  }

  /**
   * An attempt begins; answers how long it keeps its slot.
   *
   * @param begin of the simulation
   */
  Duration start(AgentId by, Instant begin, Instant now) {
    if (firstStart == null) {
      Instant since = dueAt.isAfter(begin) ? dueAt : begin;
      firstStart = new FirstStart(now, Duration.between(since, now));
    }
    state = State.RUNNING;
    agent = by;
    retries += attemptsUsed > 0 ? 1 : 0;
    attemptsUsed++;
    return course.keeps(failed);
  }

  /** The attempt under way ends. */
  void end(Instant now) {
    agent = null;
    if (failed < course.retries()) {
      failed++;
      state = State.DELAYED;
      dueAt = now.plus(Backoff.mean(attemptsUsed));
    } else {
      state = course.lost() ? State.FAILED : State.COMPLETED;
    }
  }
}
