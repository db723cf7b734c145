package dev.muster.application.scheduling;

import dev.muster.domain.fleet.AgentId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The polls that wait on this replica, and what there is to look at for them. Thread-safe; one
 * thread takes turns.
 */
final class ParkedPolls {
  /**
   * An agent needs one, and one more for each connection that died unnoticed. Each of an agent's
   * polls costs every turn a transaction of its own, so that an agent with very many would keep all
   * the others waiting.
   */
  static final int MOST_OF_ONE_AGENT = 8;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<Poll> parked = new LinkedHashSet<>();
  private final Set<Poll> fresh = new LinkedHashSet<>();
  private final Set<AgentId> concerned = new HashSet<>();
  private boolean everyone;
  private boolean closed;

  /**
   * Parks a poll. One of the same agent under the same claim id is answered with nothing, and so is
   * the agent's oldest where it has too many.
   */
  void park(Poll poll) {
    lock.lock();
    try {
      if (closed) {
        poll.answerNothing();
        return;
      }
      parked.stream().filter(older -> isSameClaim(older, poll)).forEach(Poll::answerNothing);
      parked.removeIf(Poll::isAnswered);
      makeRoomFor(poll.agent());
      parked.add(poll);
      fresh.add(poll);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void makeRoomFor(AgentId agent) {
    List<Poll> its = parked.stream().filter(poll -> poll.agent().equals(agent)).toList();
    if (its.size() >= MOST_OF_ONE_AGENT) {
      its.getFirst().answerNothing();
      parked.remove(its.getFirst());
    }
  }

  /** Forgets a poll whose caller has gone. */
  void remove(Poll poll) {
    lock.lock();
    try {
      poll.answerNothing();
      parked.remove(poll);
      fresh.remove(poll);
    } finally {
      lock.unlock();
    }
  }

  /** Looks at all polls again. */
  void wakeEveryone() {
    lock.lock();
    try {
      everyone = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Looks at one agent's polls again. */
  void wake(AgentId agent) {
    lock.lock();
    try {
      concerned.add(agent);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Answers all polls with nothing, and parks no more. */
  void close() {
    lock.lock();
    try {
      closed = true;
      parked.forEach(Poll::answerNothing);
      parked.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** How many polls wait. */
  int size() {
    lock.lock();
    try {
      return parked.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is something to look at or a time has passed, and answers which polls to look
   * at: all of them when the time has passed.
   */
  List<Poll> nextTurn(long patienceNanos) throws InterruptedException {
    lock.lock();
    try {
      long left = Math.min(patienceNanos, nanosToFirstDeadline());
      while (left > 0 && !closed && !everyone && fresh.isEmpty() && concerned.isEmpty()) {
        left = Math.min(changed.awaitNanos(left), nanosToFirstDeadline());
      }
      return takeTurn(left <= 0);
    } finally {
      lock.unlock();
    }
  }

  private List<Poll> takeTurn(boolean timeIsUp) {
    parked.removeIf(Poll::isAnswered);
    List<Poll> turn =
        everyone || timeIsUp
            ? List.copyOf(parked)
            : parked.stream()
                .filter(poll -> fresh.contains(poll) || concerned.contains(poll.agent()))
                .toList();
    everyone = false;
    fresh.clear();
    concerned.clear();
    return new ArrayList<>(turn);
  }

  private long nanosToFirstDeadline() {
    long now = System.nanoTime();
    return parked.stream()
        .mapToLong(poll -> poll.deadlineNanos() - now)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private static boolean isSameClaim(Poll older, Poll newer) {
    return older.agent().equals(newer.agent())
        && older.claim().claimId() != null
        && Objects.equals(older.claim().claimId(), newer.claim().claimId());
  }
}
