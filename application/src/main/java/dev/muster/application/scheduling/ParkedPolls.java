package dev.muster.application.scheduling;

import dev.muster.domain.fleet.AgentId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The polls that wait on this replica. Used by the planning thread only. */
final class ParkedPolls {
  /** An agent needs one, and one more for each connection that died unnoticed. */
  static final int MOST_OF_ONE_AGENT = 8;

  private final Map<AgentId, LinkedHashSet<Poll>> byAgent = new HashMap<>();
  private final TreeSet<Poll> byDeadline =
      new TreeSet<>(Comparator.comparingLong(Poll::deadlineNanos).thenComparingLong(Poll::number));

  /**
   * Parks a poll. One of the same agent under the same claim id is answered with nothing, and so is
   * the agent's oldest where it has too many.
   */
  void park(Poll poll) {
    for (Poll older : all(poll.agent())) {
      if (isSameClaim(older, poll)) {
        endUnheard(older);
      }
    }
    List<Poll> its = all(poll.agent());
    if (its.size() >= MOST_OF_ONE_AGENT) {
      endUnheard(its.getFirst());
    }
    byAgent.computeIfAbsent(poll.agent(), agent -> new LinkedHashSet<>()).add(poll);
    byDeadline.add(poll);
  }

  private void endUnheard(Poll poll) {
    poll.answerNothing();
    remove(poll);
  }

  /** Forgets a poll that was answered, or whose caller has gone. */
  void remove(Poll poll) {
    Set<Poll> its = byAgent.get(poll.agent());
    if (its != null && its.remove(poll)) {
      byDeadline.remove(poll);
      if (its.isEmpty()) {
        byAgent.remove(poll.agent());
      }
    }
  }

  /** The poll of an agent that is most likely to be heard: the newest. */
  Optional<Poll> of(AgentId agent) {
    LinkedHashSet<Poll> its = byAgent.get(agent);
    return its == null ? Optional.empty() : Optional.of(its.getLast());
  }

  /** All polls of an agent, the oldest first. */
  List<Poll> all(AgentId agent) {
    Set<Poll> its = byAgent.get(agent);
    return its == null ? List.of() : List.copyOf(its);
  }

  /** The agents that wait. */
  Set<AgentId> agents() {
    return byAgent.keySet();
  }

  /** The polls whose time is over. */
  List<Poll> due(long nowNanos) {
    List<Poll> due = new ArrayList<>();
    for (Poll poll : byDeadline) {
      if (poll.deadlineNanos() - nowNanos > 0) {
        break;
      }
      due.add(poll);
    }
    return due;
  }

  /** How long until the first poll's time is over; zero or less where it is. */
  long nanosToFirstDeadline(long nowNanos) {
    return byDeadline.isEmpty() ? Long.MAX_VALUE : byDeadline.first().deadlineNanos() - nowNanos;
  }

  /** Answers all with nothing. */
  void endAll() {
    byDeadline.forEach(Poll::answerNothing);
    byDeadline.clear();
    byAgent.clear();
  }

  boolean isEmpty() {
    return byDeadline.isEmpty();
  }

  private static boolean isSameClaim(Poll older, Poll newer) {
    return older.claim().claimId() != null
        && Objects.equals(older.claim().claimId(), newer.claim().claimId());
  }
}
