package dev.muster.agent.loop;

import dev.muster.agent.api.Backoff;
import dev.muster.agent.api.Heartbeat;
import dev.muster.agent.api.HeartbeatAnswer;
import dev.muster.agent.api.Lease;
import dev.muster.agent.api.Reply;
import dev.muster.agent.api.ServerApi;
import dev.muster.agent.journal.Journal;
import dev.muster.domain.job.JobId;
import java.time.Duration;
import java.util.List;

/**
 * Says at regular times that the agent is alive and which jobs it holds, and does what the answer
 * says. A disabled agent goes on saying it, so that it hears when it is enabled again.
 */
final class HeartbeatLoop {
  private static final Journal JOURNAL = Journal.of("heartbeat");

  private final ServerApi server;
  private final HeldJobs jobs;
  private final Halt halt;
  private final String version;
  private final Runnable contact;
  private final Backoff failures;
  private Duration interval;
  private boolean heard;

  /**
   * A loop.
   *
   * @param contact told of every answer of the server's
   */
  HeartbeatLoop(ServerApi server, Crew crew, String version, Runnable contact) {
    this.server = server;
    this.jobs = crew.jobs();
    this.halt = crew.halt();
    this.version = version;
    this.contact = contact;
    this.failures = crew.backoff();
    this.interval = crew.pace().firstHeartbeat();
  }

  /** Beats until interrupted, or until the credential is refused. */
  void run() throws InterruptedException {
    while (true) {
      List<Lease> named = jobs.leases();
      Reply<HeartbeatAnswer> reply =
          server.heartbeat(new Heartbeat(named, version, halt.isCalled()));
      Thread.sleep(handle(reply, named));
    }
  }

  private Duration handle(Reply<HeartbeatAnswer> reply, List<Lease> named) {
    return switch (reply) {
      case Reply.Ok<HeartbeatAnswer>(HeartbeatAnswer answer) -> {
        failures.reset();
        obey(answer, named);
        yield interval;
      }
      case Reply.Unauthorized<HeartbeatAnswer>(String detail) -> {
        JOURNAL.error("credential_refused", "detail", detail);
        halt.because(StopReason.UNAUTHORIZED);
        yield interval;
      }
      case Reply.Disabled<HeartbeatAnswer>() -> {
        JOURNAL.warn("agent_disabled", "jobs_stopped", named.size());
        jobs.endAll(Ending.LOST);
        yield interval;
      }
      case Reply.LeaseLost<HeartbeatAnswer>() -> interval;
      case Reply.Refused<HeartbeatAnswer>(int status, String code, String detail) -> {
        JOURNAL.warn("heartbeat_refused", "status", status, "code", code, "detail", detail);
        yield interval;
      }
      case Reply.Unavailable<HeartbeatAnswer> away -> missed(away);
    };
  }

  private void obey(HeartbeatAnswer answer, List<Lease> named) {
    if (!heard) {
      JOURNAL.info("connected");
    }
    heard = true;
    interval = answer.next();
    contact.run();
    end(answer.lost(), named, Ending.LOST, "lease_lost");
    end(answer.cancel(), named, Ending.CANCELLED, "cancel_asked");
  }

  /** Only what this heartbeat named: the answer may be older than a newer attempt of the job. */
  private void end(List<JobId> ids, List<Lease> named, Ending cause, String event) {
    for (Lease lease : named) {
      if (ids.contains(lease.job()) && jobs.end(lease, cause)) {
        JOURNAL.warn(event, "job", lease.job(), "attempt", lease.attempt());
      }
    }
  }

  private Duration missed(Reply.Unavailable<HeartbeatAnswer> away) {
    if (away.untrusted() && !heard) {
      JOURNAL.error("server_untrusted", "reason", away.reason());
      halt.because(StopReason.UNTRUSTED);
    }
    Duration pause = failures.next(away.retryAfter());
    Duration next = pause.compareTo(interval) < 0 || away.retryAfter() != null ? pause : interval;
    JOURNAL.warn("server_away", "reason", away.reason(), "pause_ms", next.toMillis());
    return next;
  }
}
