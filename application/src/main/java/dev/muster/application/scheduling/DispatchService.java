package dev.muster.application.scheduling;

import dev.muster.application.audit.Auditing;
import dev.muster.application.scheduling.Mail.Arrival;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.scheduling.JobDispatch;
import dev.muster.ports.in.scheduling.Wakeable;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.scheduling.AgentNews;
import dev.muster.ports.out.scheduling.JobQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

  private final Duration longestWait;
  private final Inbox inbox = new Inbox();
  private final ParkedPolls polls = new ParkedPolls();
  private final AtomicInteger callers = new AtomicInteger();
  private final DispatchRound round;
  private final Thread loop;

  /** Where the queue is, and who is told of it. */
  public record Queue(JobQueue jobs, AgentNews news) {}

  /**
   * What is decided by.
   *
   * @param lease how long a job stays with an agent that says nothing
   * @param regionPatience how long a job waits for its preferred region
   * @param slack how many starts a tenant may be ahead of the others
   */
  public record Policy(Duration lease, Duration regionPatience, int slack) {}

  /**
   * Plans over {@code queue}; {@link #start()} begins.
   *
   * @param random leaves to chance which of several agents alike gets a job
   */
  public DispatchService(
      Transactions transactions,
      Queue queue,
      Auditing auditing,
      InstantSource clock,
      RandomGenerator random,
      Policy policy) {
    this.longestWait = policy.lease().multipliedBy(2).dividedBy(3);
    ReplicaMemory memory =
        new ReplicaMemory(
            queue.jobs(),
            new OnlineCount(
                transactions,
                queue.jobs()::online,
                policy.lease(),
                Thread::startVirtualThread,
                System::nanoTime),
            policy.regionPatience(),
            policy.slack());
    this.round =
        new DispatchRound(
            transactions,
            queue,
            memory,
            new GrantRound(queue.jobs(), memory, auditing, policy.lease()),
            clock,
            random,
            polls);
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
    if (!inbox.came(poll)) {
      return Outcome.done(Claimed.NOTHING);
    }
    callers.incrementAndGet();
    try {
      return poll.await();
    } finally {
      if (poll.answerNothing()) {
        inbox.left(poll);
      }
      callers.decrementAndGet();
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
    inbox.arrived(new Arrival(after, jobs));
  }

  @Override
  public void standingChanged(TenantStanding after) {
    inbox.changed(after);
  }

  @Override
  public void jobsMayWait() {
    inbox.everything();
  }

  @Override
  public void agentConcerned(AgentId agent) {
    inbox.concerned(agent);
  }

  /** How many polls wait on this replica. */
  public int parkedPolls() {
    return callers.get();
  }

  /** Polls are answered with nothing, then and afterwards. */
  @Override
  public void close() {
    inbox.close();
    inbox.unread().forEach(Poll::answerNothing);
  }

  private void run() {
    try {
      boolean again = false;
      while (!inbox.isClosed()) {
        again = play(inbox.take(again ? 0 : patience()));
      }
    } catch (InterruptedException stopped) {
      LOG.debug("dispatching was interrupted", stopped);
    } finally {
      close();
      polls.endAll();
    }
  }

  private long patience() {
    return Math.min(LOOK_UNPROMPTED_NANOS, polls.nanosToFirstDeadline(System.nanoTime()));
  }

  /** Without this loop no agent would ever get a job again while the server looks well. */
  private boolean play(Mail mail) {
    try {
      return round.play(mail);
    } catch (RuntimeException fault) {
      LOG.warn("event=dispatch_failed cause={}", fault.toString());
    } catch (Error fault) {
      LOG.error("event=dispatch_failed", fault);
    }
    return false;
  }
}
