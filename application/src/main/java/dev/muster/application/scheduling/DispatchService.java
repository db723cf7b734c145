package dev.muster.application.scheduling;

import dev.muster.application.audit.Auditing;
import dev.muster.application.scheduling.GrantRound.Result;
import dev.muster.domain.fleet.AgentId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.scheduling.JobDispatch;
import dev.muster.ports.in.scheduling.Wakeable;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.scheduling.AgentNews;
import dev.muster.ports.out.scheduling.AgentNews.News;
import dev.muster.ports.out.scheduling.JobQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives jobs to the polls that wait on this replica. One thread of its own plans for all of them;
 * {@link #close()} answers them with nothing and ends it.
 */
public final class DispatchService implements JobDispatch, Wakeable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DispatchService.class);

  /** How long a lost wake-up costs at most. */
  private static final long LOOK_UNPROMPTED_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How often a poll that must not wait is planned for again after losing to another replica. */
  private static final int MOST_CONTESTED_ROUNDS = 5;

  private final Transactions transactions;
  private final AgentNews agentNews;
  private final GrantRound round;
  private final ParkedPolls polls = new ParkedPolls();
  private final Thread loop;

  /**
   * Plans over {@code queue}; {@link #start()} begins.
   *
   * @param lease how long a job stays with an agent that says nothing
   * @param regionPatience how long a job waits for its preferred region
   */
  public DispatchService(
      Transactions transactions,
      JobQueue queue,
      AgentNews news,
      Auditing auditing,
      InstantSource clock,
      Duration lease,
      Duration regionPatience) {
    this.transactions = transactions;
    this.agentNews = news;
    this.round = new GrantRound(queue, news, auditing, clock, lease, regionPatience);
    this.loop = Thread.ofPlatform().name("dispatch").daemon().unstarted(this::run);
  }

  /** Begins to answer. */
  public void start() {
    loop.start();
  }

  @Override
  public Outcome<Claimed> claim(Caller caller, Claim claim) throws InterruptedException {
    long deadline = System.nanoTime() + claim.patience().toNanos();
    Poll poll = new Poll(caller.agent(), caller.tenant(), claim, deadline);
    polls.park(poll);
    try {
      return poll.await();
    } finally {
      polls.remove(poll);
    }
  }

  @Override
  public void jobsMayWait() {
    polls.wakeEveryone();
  }

  @Override
  public void agentConcerned(AgentId agent) {
    polls.wake(agent);
  }

  /** How many polls wait on this replica. */
  public int parkedPolls() {
    return polls.size();
  }

  @Override
  public void close() {
    polls.close();
    loop.interrupt();
  }

  private void run() {
    while (!polls.isClosed()) {
      try {
        serve(polls.nextTurn(LOOK_UNPROMPTED_NANOS));
      } catch (InterruptedException stopped) {
        return;
      }
    }
  }

  /** An agent may have several polls open, such as one on a dead connection: each gets a turn. */
  private void serve(List<Poll> turn) {
    List<Poll> left = turn;
    while (!left.isEmpty()) {
      Map<AgentId, Poll> oneEach = new LinkedHashMap<>();
      List<Poll> others = new ArrayList<>();
      for (Poll poll : left) {
        if (oneEach.putIfAbsent(poll.agent(), poll) != null) {
          others.add(poll);
        }
      }
      serve(oneEach);
      left = others;
    }
  }

  private void serve(Map<AgentId, Poll> turn) {
    try {
      Result result = transactions.acrossTenants(() -> round.play(turn));
      noteTold(result.toTell());
      turn.values().forEach(poll -> answer(poll, result));
      if (!result.jobs().isEmpty() || result.contested() > 0) {
        polls.wakeEveryone();
      }
    } catch (RuntimeException fault) {
      LOG.warn("event=dispatch_failed polls={} cause={}", turn.size(), fault.toString());
      turn.values().forEach(poll -> poll.fail(fault));
    }
  }

  /** In a transaction of its own: it locks agents and jobs, which the round locks after tenants. */
  private void noteTold(Map<AgentId, News> told) {
    if (!told.isEmpty()) {
      transactions.acrossTenants(() -> {
        told.forEach(agentNews::told);
        return true;
      });
    }
  }

  private static void answer(Poll poll, Result result) {
    News news = result.news().get(poll.agent());
    if (news == null) {
      poll.answer(Outcome.refused(Code.UNAUTHENTICATED, "No valid credential was presented."));
    } else if (!news.agent().enabled()) {
      poll.answer(Outcome.refused(Code.AGENT_DISABLED, "This agent has been disabled."));
    } else if (result.jobs().get(poll.agent()) instanceof List<LeasedJob> jobs) {
      poll.answer(Outcome.done(new Claimed(jobs, List.of())));
    } else if (!news.isEmpty()) {
      poll.answer(Outcome.done(new Claimed(List.of(), controls(news))));
    } else if (poll.deadlineNanos() - System.nanoTime() <= 0 && mayEnd(poll, result)) {
      poll.answerNothing();
    }
  }

  /**
   * A claim must not end empty only because another replica held the rows that it would have got.
   */
  private static boolean mayEnd(Poll poll, Result result) {
    return result.contested() == 0 || poll.contestedOnceMore() > MOST_CONTESTED_ROUNDS;
  }

  private static List<Control> controls(News news) {
    List<Control> controls = new ArrayList<>(news.cancels());
    if (news.control() != null) {
      controls.add(new Control.Fleet(news.control()));
    }
    return controls;
  }
}
