package dev.muster.agent.loop;

import dev.muster.agent.api.Backoff;
import dev.muster.agent.api.Reply;
import dev.muster.agent.api.ServerApi;
import dev.muster.agent.api.ServerApi.Acknowledged;
import dev.muster.agent.api.StatusReport;
import dev.muster.agent.api.StatusReport.Failure;
import dev.muster.agent.api.StatusReport.State;
import dev.muster.agent.journal.Journal;
import dev.muster.agent.spool.Spool;

/** Says a job's outcome again and again, until the server has taken it or will never take it. */
final class Delivery {
  private static final Journal JOURNAL = Journal.of("report");

  private final ServerApi server;
  private final HeldJob job;
  private final Halt halt;
  private final Backoff failures;
  private final Spool spool;
  private boolean isKept;

  Delivery(ServerApi server, HeldJob job, Halt halt, Backoff failures, Spool spool) {
    this.server = server;
    this.job = job;
    this.halt = halt;
    this.failures = failures;
    this.spool = spool;
  }

  /**
   * Delivers the outcome; returns when there is nothing more to say about the job. While the server
   * is away it lies in the spool, where the next run of the agent finds it.
   */
  void deliver(StatusReport report) throws InterruptedException {
    try {
      if (isSettled(report)) {
        spool.forget(report.lease());
      }
    } catch (InterruptedException stopped) {
      keep(report);
      throw stopped;
    }
  }

  /** One that is given back is nothing to keep: its lease ends by itself. */
  private void keep(StatusReport report) {
    if (!isKept && report.state() != State.RELEASED && job.ending() != Ending.LOST) {
      isKept = spool.keep(report);
    }
  }

  /** Says it until there is nothing more to say; false where whoever gets a new key has to. */
  private boolean isSettled(StatusReport outcome) throws InterruptedException {
    StatusReport report = outcome;
    while (job.ending() != Ending.LOST) {
      switch (server.report(report)) {
        case Reply.Ok<Acknowledged> _ -> {
          JOURNAL.info("reported", "job", report.lease().job(), "status", report.state());
          return true;
        }
        case Reply.LeaseLost<Acknowledged> _ -> job.end(Ending.LOST);
        case Reply.Disabled<Acknowledged> _ -> job.end(Ending.LOST);
        case Reply.Unauthorized<Acknowledged> _ -> {
          keep(report);
          halt.because(StopReason.UNAUTHORIZED);
          job.end(Ending.LOST);
          return false;
        }
        case Reply.Refused<Acknowledged> refused -> {
          JOURNAL.error(
              "report_refused",
              "job",
              report.lease().job(),
              "status",
              refused.status(),
              "code",
              refused.code());
          if (report.state() != State.COMPLETED || refused.status() == 404) {
            return true;
          }
          report = withoutResult(report, refused);
        }
        case Reply.Unavailable<Acknowledged> away -> {
          keep(report);
          Thread.sleep(failures.next(away.retryAfter()));
        }
      }
    }
    JOURNAL.warn("outcome_dropped", "job", report.lease().job(), "reason", "lease_lost");
    return true;
  }

  /** A result that the server does not take would otherwise leave the job to time out. */
  private static StatusReport withoutResult(
      StatusReport report, Reply.Refused<Acknowledged> refused) {
    String message = "the server refused the result: " + refused.status() + " " + refused.code();
    return StatusReport.failed(report.lease(), new Failure("result_refused", message, false));
  }
}
