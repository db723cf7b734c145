package dev.muster.agent.loop;

import dev.muster.agent.api.Backoff;
import dev.muster.agent.api.Claim;
import dev.muster.agent.api.ClaimAnswer;
import dev.muster.agent.api.ClaimedJob;
import dev.muster.agent.api.Control;
import dev.muster.agent.api.OpenPoll;
import dev.muster.agent.api.Reply;
import dev.muster.agent.api.ServerApi;
import dev.muster.agent.configuration.Offer;
import dev.muster.agent.journal.Journal;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one long poll open, for as many jobs as there are free slots; for none, it waits for
 * control messages. A claim's id stays until an answer was heard, so that no job is lost with an
 * answer.
 */
final class ClaimLoop {
  private static final Journal JOURNAL = Journal.of("claim");

  /** What the server grants to one claim at most. */
  private static final int MOST_JOBS = 100;

  private final ServerApi server;
  private final Offer offer;
  private final HeldJobs jobs;
  private final JobRunner runner;
  private final Drain drain;
  private final Halt halt;
  private final Pace pace;
  private final ServerWord word;
  private final PollWait wait;
  private final Backoff failures;
  private final Backoff emptiness;
  private volatile UUID claimId = UUID.randomUUID();
  private @Nullable OpenPoll waitingForSlot;

  ClaimLoop(ServerApi server, Crew crew, Offer offer, JobRunner runner, Duration longestPoll) {
    this.server = server;
    this.offer = offer;
    this.jobs = crew.jobs();
    this.runner = runner;
    this.drain = crew.drain();
    this.halt = crew.halt();
    this.pace = crew.pace();
    this.word = crew.word();
    this.wait = new PollWait(longestPoll);
    this.failures = crew.backoff();
    this.emptiness = crew.backoff();
    jobs.onFreed(this::slotFreed);
  }

  /** Polls until interrupted or halted. */
  void run() throws InterruptedException {
    while (!halt.isCalled()) {
      int free = freeSlots();
      long opened = System.nanoTime();
      OpenPoll poll = server.claim(claim(free, wait.current()));
      watch(poll, free);
      Optional<Reply<ClaimAnswer>> reply;
      try {
        reply = poll.await();
      } finally {
        watch(null);
      }
      if (reply.isPresent()) {
        handle(reply.get(), Duration.ofNanos(System.nanoTime() - opened));
      }
    }
  }

  /**
   * Gives back what the server may have granted to the poll that was open when the loop was
   * stopped: the same claim id answers those jobs, and asks for no others.
   */
  void giveBackUnheard() throws InterruptedException {
    Optional<Reply<ClaimAnswer>> reply = server.claim(claim(0, Duration.ZERO)).await();
    if (reply.isPresent() && reply.get() instanceof Reply.Ok<ClaimAnswer>(ClaimAnswer answer)) {
      for (ClaimedJob job : answer.jobs()) {
        if (!jobs.holds(job.lease())) {
          runner.giveBack(job.lease());
        }
      }
    }
  }

  private void handle(Reply<ClaimAnswer> reply, Duration lived) throws InterruptedException {
    switch (reply) {
      case Reply.Ok<ClaimAnswer>(ClaimAnswer answer) -> {
        failures.reset();
        wait.answered();
        word.pollAnswered();
        claimId = UUID.randomUUID();
        heard(answer, lived);
      }
      case Reply.Unauthorized<ClaimAnswer>(String detail) -> {
        JOURNAL.error("credential_refused", "detail", detail);
        halt.because(StopReason.UNAUTHORIZED);
      }
      case Reply.Disabled<ClaimAnswer>() -> {
        word.pollAnswered();
        pause("agent_disabled", null);
      }
      case Reply.LeaseLost<ClaimAnswer>() -> pause("claim_refused", null);
      case Reply.Refused<ClaimAnswer>(int status, String code, String detail) ->
          pause("claim_refused status=" + status + " code=" + code, null);
      case Reply.Unavailable<ClaimAnswer> away -> {
        if (away.retryAfter() == null && lived.compareTo(pace.parked()) >= 0) {
          wait.died(lived);
          JOURNAL.info("poll_cut", "lived_ms", lived.toMillis(), "reason", away.reason());
        } else {
          pause("server_away", away);
        }
      }
    }
  }

  /** An answer that says nothing new, sooner than it had to, must not make a storm of polls. */
  private void heard(ClaimAnswer answer, Duration lived) throws InterruptedException {
    boolean news = false;
    for (Control control : answer.control()) {
      news |= obey(control);
    }
    for (ClaimedJob job : answer.jobs()) {
      news |= take(job);
    }
    if (news || lived.compareTo(pace.leastBackoff()) >= 0) {
      emptiness.reset();
    } else {
      Thread.sleep(emptiness.next());
    }
  }

  private boolean obey(Control control) {
    return switch (control) {
      case Control.Cancel(var lease) -> {
        boolean news = jobs.end(lease, Ending.CANCELLED);
        if (news) {
          JOURNAL.info("cancel_asked", "job", lease.job(), "attempt", lease.attempt());
        }
        yield news;
      }
      case Control.Drain() -> noted("drain", drain.set(true));
      case Control.Resume() -> noted("resume", drain.set(false));
      case Control.Update() -> noted("update_asked", word.askUpdate());
      case Control.Unknown(String type) -> {
        JOURNAL.debug("control_unknown", "type", type);
        yield false;
      }
    };
  }

  private static boolean noted(String event, boolean news) {
    if (news) {
      JOURNAL.info(event);
    }
    return news;
  }

  private boolean take(ClaimedJob job) {
    if (jobs.holds(job.lease())) {
      return false;
    }
    jobs.loseOthers(job.lease());
    if (!runner.start(job)) {
      JOURNAL.warn("no_slot_for_job", "job", job.lease().job());
      runner.giveBackSoon(job.lease());
    }
    return true;
  }

  private void pause(String why, Reply.@Nullable Unavailable<?> away) throws InterruptedException {
    Duration pause = failures.next(away == null ? null : away.retryAfter());
    JOURNAL.warn(
        "claim_failed",
        "why",
        why,
        "reason",
        away == null ? "" : away.reason(),
        "pause_ms",
        pause.toMillis());
    Thread.sleep(pause);
  }

  private Claim claim(int free, Duration longest) {
    return new Claim(
        offer.capabilities(),
        offer.tools(),
        offer.workerType(),
        offer.tenant(),
        free,
        longest,
        claimId,
        offer.jobTokens());
  }

  private int freeSlots() {
    return drain.isOn() ? 0 : Math.min(jobs.free(), MOST_JOBS);
  }

  private synchronized void watch(@Nullable OpenPoll poll) {
    waitingForSlot = poll;
  }

  /** A slot may have come free before the poll was there to be ended. */
  private void watch(OpenPoll poll, int free) {
    if (free == 0) {
      watch(poll);
      slotFreed();
    }
  }

  /** Ends a poll that asks for nothing, where there is something to ask for now. */
  synchronized void slotFreed() {
    if (waitingForSlot != null && freeSlots() > 0) {
      waitingForSlot.end();
    }
  }
}
