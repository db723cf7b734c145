package dev.muster.agent.loop;

import dev.muster.agent.api.Backoff;
import dev.muster.agent.api.Reply;
import dev.muster.agent.api.ServerApi;
import dev.muster.agent.api.ServerApi.Acknowledged;
import dev.muster.agent.api.StatusReport;
import dev.muster.agent.journal.Journal;
import dev.muster.domain.job.LogLine;
import dev.muster.domain.job.Progress;
import java.time.Duration;
import java.util.List;

/** Takes one job's log and progress to the server, until the job has ended and all is sent. */
final class LogCourier {
  private static final Journal JOURNAL = Journal.of("log");

  private final ServerApi server;
  private final HeldJob job;
  private final LogBuffer buffer;
  private final Duration linger;
  private final Backoff failures;

  LogCourier(ServerApi server, HeldJob job, LogBuffer buffer, Duration linger, Backoff failures) {
    this.server = server;
    this.job = job;
    this.buffer = buffer;
    this.linger = linger;
    this.failures = failures;
  }

  /** Runs until everything is sent or nothing more will be heard. */
  void run() throws InterruptedException {
    while (buffer.awaitMore() && job.ending() != Ending.LOST) {
      buffer.linger(linger);
      sendProgress();
      sendLines();
    }
    if (buffer.dropped() > 0) {
      JOURNAL.warn("lines_dropped", "job", job.lease().job(), "lines", buffer.dropped());
    }
  }

  private void sendProgress() throws InterruptedException {
    Progress progress = buffer.takeProgress();
    if (progress != null) {
      Reply<Acknowledged> reply = server.report(StatusReport.running(job.lease(), progress));
      if (reply instanceof Reply.LeaseLost<Acknowledged>) {
        job.end(Ending.LOST);
      }
    }
  }

  private void sendLines() throws InterruptedException {
    List<LogLine> batch = buffer.batch();
    if (batch.isEmpty()) {
      return;
    }
    long last = batch.getLast().seq();
    switch (server.ship(job.lease(), batch)) {
      case Reply.Ok<Acknowledged> _ -> {
        failures.reset();
        buffer.taken(last);
      }
      case Reply.LeaseLost<Acknowledged> _ -> job.end(Ending.LOST);
      case Reply.Refused<Acknowledged> refused -> {
        JOURNAL.warn(
            "lines_refused", "job", job.lease().job(), "code", refused.code(), "last_seq", last);
        buffer.taken(last);
      }
      case Reply.Unavailable<Acknowledged> away -> Thread.sleep(failures.next(away.retryAfter()));
      case Reply.Unauthorized<Acknowledged> _ -> Thread.sleep(failures.next());
      case Reply.Disabled<Acknowledged> _ -> Thread.sleep(failures.next());
    }
  }
}
