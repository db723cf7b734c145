package dev.muster.application.scheduling;

import dev.muster.application.audit.Auditing;
import dev.muster.application.scheduling.GrantRound.Result;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.TenantStanding;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
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

  /** How often what another replica was faster at is planned for again at once. */
  private static final int MOST_CONTESTED_ROUNDS = 5;

  private final Transactions transactions;
  private final AgentNews agentNews;
  private final GrantRound round;
  private final Duration longestWait;
  private final ParkedPolls polls = new ParkedPolls();
  private final Thread loop;

  /** Rounds in which others got all that was planned here; for the loop only. */
  private int lostInARow;

  /**
   * Plans over {@code queue}; {@link #start()} begins.
   *
   * @param random leaves to chance which of several agents alike gets a job
   * @param lease how long a job stays with an agent that says nothing
   * @param regionPatience how long a job waits for its preferred region
   */
  public DispatchService(
      Transactions transactions,
      JobQueue queue,
      AgentNews news,
      Auditing auditing,
      InstantSource clock,
      RandomGenerator random,
      Duration lease,
      Duration regionPatience) {
    this.transactions = transactions;
    this.agentNews = news;
    this.longestWait = lease.multipliedBy(2).dividedBy(3);
    this.round = new GrantRound(queue, news, auditing, clock, random, lease, regionPatience);
    this.loop = Thread.ofPlatform().name("dispatch").daemon().unstarted(this::run);
  }

  /** Begins to answer. */
  public void start() {
    loop.start();
  }

  @Override
  public Outcome<Claimed> claim(Caller caller, Claim claim) throws InterruptedException {
    long deadline = System.nanoTime() + waitOf(claim).toNanos();
    Poll poll = new Poll(caller, claim, deadline);
    polls.park(poll);
    try {
      return poll.await();
    } finally {
      polls.remove(poll);
    }
  }

  /**
   * An agent renews its leases every third of one, so what it holds when it dies is lost two thirds
   * after its death at the earliest. A poll that ends by then cannot be given that job again, on a
   * connection that nobody listens to any more.
   */
  private Duration waitOf(Claim claim) {
    return claim.patience().compareTo(longestWait) < 0 ? claim.patience() : longestWait;
  }

  @Override
  public void jobsArrived(TenantStanding after, List<QueuedJob> jobs) {
    polls.wakeEveryone();
  }

  @Override
  public void standingChanged(TenantStanding after) {
    polls.wakeEveryone();
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
      } catch (Error fault) {
        // Without this loop no agent would ever get a job again while the server looks well.
        LOG.error("event=dispatch_failed", fault);
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
      noteTold(heard(turn, result));
      if (isWorthAnotherLook(result)) {
        polls.wakeEveryone();
      }
    } catch (RuntimeException fault) {
      LOG.warn("event=dispatch_failed polls={} cause={}", turn.size(), fault.toString());
      turn.values().forEach(poll -> poll.fail(fault));
    } catch (Error fault) {
      turn.values().forEach(poll -> poll.fail(new IllegalStateException(fault)));
      throw fault;
    }
  }

  /** Answers; what a poll that has gone meanwhile did not hear is left for the next one. */
  private static Map<AgentId, News> heard(Map<AgentId, Poll> turn, Result result) {
    Map<AgentId, News> heard = new HashMap<>(result.toTell());
    turn.forEach((agent, poll) -> {
      if (!answer(poll, result)) {
        heard.remove(agent);
      }
    });
    return heard;
  }

  /**
   * Where another replica is faster time and again, only the next signal or second brings the next
   * look: rows that somebody holds for long are not asked for without pause.
   */
  private boolean isWorthAnotherLook(Result result) {
    boolean lost = result.jobs().isEmpty() && result.contested() > 0;
    lostInARow = lost ? lostInARow + 1 : 0;
    return lost ? lostInARow <= MOST_CONTESTED_ROUNDS : !result.jobs().isEmpty();
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

  /** Answers a poll if there is anything to say; answers whether it was there to hear it. */
  private static boolean answer(Poll poll, Result result) {
    News news = result.news().get(poll.agent());
    if (news == null) {
      return poll.answer(
          Outcome.refused(Code.UNAUTHENTICATED, "No valid credential was presented."));
    }
    if (!news.agent().enabled()) {
      return poll.answer(Outcome.refused(Code.AGENT_DISABLED, "This agent has been disabled."));
    }
    if (result.jobs().get(poll.agent()) instanceof List<LeasedJob> jobs) {
      return poll.answer(Outcome.done(new Claimed(jobs, List.of())));
    }
    if (!news.isEmpty()) {
      return poll.answer(Outcome.done(new Claimed(List.of(), controls(news))));
    }
    return poll.deadlineNanos() - System.nanoTime() <= 0
        && mayEnd(poll, result)
        && poll.answerNothing();
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
