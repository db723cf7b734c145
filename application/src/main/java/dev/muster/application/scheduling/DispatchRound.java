package dev.muster.application.scheduling;

import dev.muster.application.scheduling.DispatchService.Queue;
import dev.muster.application.scheduling.GrantRound.Grants;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.scheduling.WaitingAgents;
import dev.muster.ports.in.scheduling.JobDispatch.LeasedJob;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.scheduling.AgentNews;
import dev.muster.ports.out.scheduling.AgentNews.News;
import dev.muster.ports.out.scheduling.JobQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * One look at everything: asks how the agents stand that have come or are concerned, plans for all
 * that wait, and answers. Used by the planning thread.
 */
final class DispatchRound {
  /** How often what another replica was faster at is planned for again at once. */
  private static final int MOST_CONTESTED_ROUNDS = 5;

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final Transactions transactions;
  private final JobQueue queue;
  private final AgentNews news;
  private final ReplicaMemory memory;
  private final GrantRound grants;
  private final Answers answers;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final ParkedPolls polls;
  private final WaitingAgents waiting = new WaitingAgents();

  /** Agents to ask about in the next round. */
  private final Set<AgentId> unknown = new HashSet<>();

  private long lookedAtNanos = System.nanoTime() - BETWEEN_LOOKS.toNanos();
  private int lostInARow;

  DispatchRound(
      Transactions transactions,
      Queue queue,
      ReplicaMemory memory,
      GrantRound grants,
      InstantSource clock,
      RandomGenerator random,
      ParkedPolls polls) {
    this.transactions = transactions;
    this.queue = queue.jobs();
    this.news = queue.news();
    this.memory = memory;
    this.grants = grants;
    this.answers = new Answers(transactions, news, polls);
    this.clock = clock;
    this.random = random;
    this.polls = polls;
  }

  /** What a round found, before anybody is answered. */
  private record Found(
      Map<AgentId, News> news, Map<AgentId, List<LeasedJob>> repeated, Grants grants) {}

  /**
   * Looks once.
   *
   * @return whether to look again at once
   */
  boolean play(Mail mail) {
    mail.gone().forEach(this::leave);
    mail.fresh().forEach(this::come);
    mail.concerned().stream().filter(polls.agents()::contains).forEach(unknown::add);
    memory.learn(mail);
    if (polls.isEmpty() || !isWorthATransaction()) {
      endDue(false);
      return false;
    }
    try {
      Found found = transactions.acrossTenants(() -> look(clock.instant()));
      return answer(found);
    } catch (RuntimeException | Error fault) {
      lose(fault);
      throw fault;
    }
  }

  private void come(Poll poll) {
    polls.park(poll);
    unknown.add(poll.agent());
  }

  private void leave(Poll poll) {
    polls.remove(poll);
    if (polls.of(poll.agent()).isEmpty()) {
      waiting.remove(poll.agent());
    }
  }

  private boolean isWorthATransaction() {
    return !unknown.isEmpty()
        || !waiting.isEmpty() && (memory.isStale() || !memory.isIdle())
        || isTimeToLook();
  }

  /** By the replica's own count: what is awaited here is a second, not a moment of the database. */
  private boolean isTimeToLook() {
    return System.nanoTime() - lookedAtNanos >= BETWEEN_LOOKS.toNanos();
  }

  private Found look(Instant now) {
    if (isTimeToLook()) {
      news.concerned(now).stream().filter(polls.agents()::contains).forEach(unknown::add);
      memory.doubt();
      lookedAtNanos = System.nanoTime();
    }
    Set<AgentId> asked = Set.copyOf(unknown);
    Map<AgentId, News> known = asked.isEmpty() ? Map.of() : news.of(asked, now);
    asked.forEach(agent -> answers.refuseOutdated(agent, known.get(agent)));
    Map<AgentId, List<LeasedJob>> repeated = repeated(asked);
    asked.forEach(agent -> line(agent, known, repeated));
    if (waiting.isEmpty()) {
      return new Found(known, repeated, Grants.NONE);
    }
    memory.refresh(asked, polls.agents(), now);
    return new Found(known, repeated, grants.play(waiting, polls::of, now));
  }

  /** Jobs that earlier polls under the same claim ids were given and never heard of. */
  private Map<AgentId, List<LeasedJob>> repeated(Set<AgentId> agents) {
    Map<AgentId, String> claimIds = new HashMap<>();
    for (AgentId agent : agents) {
      polls
          .of(agent)
          .map(poll -> poll.claim().claimId())
          .ifPresent(claimId -> claimIds.put(agent, claimId));
    }
    return claimIds.isEmpty() ? Map.of() : GrantRound.byAgent(queue.assignedUnder(claimIds));
  }

  /** Puts an agent in line, or out of it where it is to be answered or given nothing. */
  private void line(
      AgentId agent, Map<AgentId, News> known, Map<AgentId, List<LeasedJob>> repeated) {
    waiting.remove(agent);
    News its = known.get(agent);
    if (its != null && !repeated.containsKey(agent)) {
      polls
          .of(agent)
          .flatMap(poll -> Seeking.of(poll.claim(), its))
          .ifPresent(seeker -> waiting.put(seeker, random.nextLong()));
    }
  }

  private boolean answer(Found found) {
    Set<AgentId> asked = Set.copyOf(unknown);
    unknown.clear();
    Grants granted = found.grants();
    found.repeated().forEach(this::give);
    granted.jobs().forEach(this::give);
    tell(asked, found);
    if (granted.contested() > 0) {
      memory.doubt();
    }
    endDue(granted.contested() > 0);
    boolean othersWait = !unknown.isEmpty();
    unknown.addAll(granted.unserved());
    return othersWait || isWorthAnotherLook(granted);
  }

  /** Whoever got jobs is told the rest at its next poll. */
  private void tell(Set<AgentId> asked, Found found) {
    Map<AgentId, News> decided = new HashMap<>();
    for (AgentId agent : asked) {
      Optional<News> its = Optional.ofNullable(found.news().get(agent));
      if (its.isEmpty() || !its.get().agent().enabled()) {
        answers.refuse(agent, its);
        settle(agent);
      } else if (!its.get().isEmpty() && !found.repeated().containsKey(agent)) {
        decided.put(agent, its.get());
      }
    }
    answers.tell(decided);
    decided.keySet().forEach(this::settle);
  }

  private void give(AgentId agent, List<LeasedJob> jobs) {
    answers.give(agent, jobs);
    settle(agent);
  }

  /** An agent was answered: if it has another poll open, that one is looked at afresh. */
  private void settle(AgentId agent) {
    waiting.remove(agent);
    if (polls.of(agent).isPresent()) {
      unknown.add(agent);
    }
  }

  /**
   * Ends the polls whose time is over. A claim must not end empty only because another replica held
   * the rows that it would have got.
   */
  private void endDue(boolean contested) {
    for (Poll poll : polls.due(System.nanoTime())) {
      if (!contested || poll.contestedOnceMore() > MOST_CONTESTED_ROUNDS) {
        poll.answerNothing();
        leave(poll);
        settle(poll.agent());
      }
    }
  }

  /**
   * Where another replica is faster time and again, only the next signal or second brings the next
   * look: rows that somebody holds for long are not asked for without pause.
   */
  private boolean isWorthAnotherLook(Grants granted) {
    boolean lost = granted.jobs().isEmpty() && granted.contested() > 0;
    lostInARow = lost ? lostInARow + 1 : 0;
    return lost ? lostInARow <= MOST_CONTESTED_ROUNDS : !granted.jobs().isEmpty();
  }

  /** A fault: nobody knows what was done, and who waited for this round is told so. */
  private void lose(Throwable fault) {
    memory.forget();
    RuntimeException cause =
        fault instanceof RuntimeException known ? known : new IllegalStateException(fault);
    for (AgentId agent : Set.copyOf(unknown)) {
      for (Poll poll : polls.all(agent)) {
        poll.fail(cause);
        leave(poll);
      }
    }
    unknown.clear();
    lookedAtNanos = System.nanoTime() - BETWEEN_LOOKS.toNanos();
  }
}
