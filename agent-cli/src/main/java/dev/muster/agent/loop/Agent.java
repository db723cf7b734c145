package dev.muster.agent.loop;

import dev.muster.agent.api.ServerApi;
import dev.muster.agent.configuration.Offer;
import dev.muster.agent.configuration.Times;
import dev.muster.agent.journal.Journal;
import dev.muster.agent.spool.Spool;
import dev.muster.agent.spool.Spool.Left;
import dev.muster.agent.tracing.RunTraces;
import dev.muster.tracing.Tracing;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * The running agent. Runs once; {@link #stop} may be called from any thread.
 *
 * <p>Told to stop, it claims nothing more, lets running jobs have their grace, gives back what has
 * not finished, and only then ends its heartbeats, which keep the leases until that moment.
 */
public final class Agent {
  private static final Journal JOURNAL = Journal.of("agent");
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final Crew crew;
  private final Times times;
  private final ClaimLoop claims;
  private final HeartbeatLoop heartbeats;
  private final Spool spool;
  private final SpoolCourier leftovers;
  private final Tasks tasks = new Tasks();

  /**
   * An agent, not yet running.
   *
   * @param contact told of every answer to a heartbeat
   * @param spool takes what the server does not, and has what an earlier run left
   */
  public Agent(
      ServerApi server,
      Work work,
      Offer offer,
      Times times,
      Pace pace,
      InstantSource clock,
      String version,
      Runnable contact,
      Spool spool) {
    this(
        server,
        work,
        offer,
        times,
        pace,
        clock,
        version,
        contact,
        spool,
        new RunTraces(Tracing.NONE));
  }

  /**
   * An agent, not yet running, whose jobs are traced.
   *
   * @param contact told of every answer to a heartbeat
   * @param spool takes what the server does not, and has what an earlier run left
   */
  public Agent(
      ServerApi server,
      Work work,
      Offer offer,
      Times times,
      Pace pace,
      InstantSource clock,
      String version,
      Runnable contact,
      Spool spool,
      RunTraces traces) {
    this.times = times;
    this.spool = spool;
    this.crew =
        new Crew(
            new HeldJobs(offer.maxConcurrent()), new Drain(), new Halt(), pace, new ServerWord());
    JobRunner runner = new JobRunner(server, crew, work, clock, tasks, spool, traces);
    this.claims = new ClaimLoop(server, crew, offer, runner, times.poll());
    this.heartbeats = new HeartbeatLoop(server, crew, version, contact);
    this.leftovers = new SpoolCourier(server, spool, crew.backoff());
  }

  /** Works until something stops it; returns when nothing of it is left running. */
  public StopReason run() throws InterruptedException {
    loop("heartbeat", heartbeats::run);
    // Before the first job, or its own would be among them.
    List<Left> left = spool.left();
    tasks.start("spool", () -> leftovers.run(left));
    Thread claim = loop("claim", claims::run);
    try {
      StopReason reason = crew.halt().await();
      JOURNAL.info("stopping", "reason", reason);
      claim.interrupt();
      claim.join();
      windUp(reason);
      return reason;
    } finally {
      tasks.interrupt();
    }
  }

  /** Asks the agent to stop. */
  public void stop() {
    crew.halt().because(StopReason.REQUESTED);
  }

  /** Asks the agent to stop because another version is in its place. */
  public void makeWay() {
    crew.halt().because(StopReason.UPDATED);
  }

  /** What the server says that is not for the loops. */
  public ServerWord word() {
    return crew.word();
  }

  /** Takes no new jobs, and waits until none is held; false when that took longer. */
  public boolean comeToRest(Duration patience) throws InterruptedException {
    crew.drain().hold(true);
    return crew.jobs().awaitNone(patience);
  }

  /** Takes jobs again after {@link #comeToRest}. */
  public void goOn() {
    crew.drain().hold(false);
    claims.slotFreed();
  }

  private void windUp(StopReason reason) throws InterruptedException {
    Duration untilStopped = crew.pace().cancelPatience().plus(LAST_WORDS);
    if (reason != StopReason.REQUESTED && reason != StopReason.UPDATED) {
      crew.jobs().endAll(Ending.LOST);
      crew.jobs().awaitNone(untilStopped);
      return;
    }
    Thread unheard = loop("give-back", claims::giveBackUnheard);
    if (!crew.jobs().awaitNone(times.shutdownGrace())) {
      crew.jobs().endAll(Ending.RELEASED);
      if (!crew.jobs().awaitNone(untilStopped)) {
        JOURNAL.warn("jobs_left", "jobs", crew.jobs().leases().size());
      }
    }
    unheard.join(LAST_WORDS);
    unheard.interrupt();
  }

  private Thread loop(String name, Tasks.Task loop) {
    return tasks.start(name, loop, () -> crew.halt().because(StopReason.DEFECT));
  }
}
