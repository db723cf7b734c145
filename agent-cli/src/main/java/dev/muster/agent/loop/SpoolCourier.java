package dev.muster.agent.loop;

import dev.muster.agent.api.Backoff;
import dev.muster.agent.api.Lease;
import dev.muster.agent.api.Reply;
import dev.muster.agent.api.ServerApi;
import dev.muster.agent.api.ServerApi.Acknowledged;
import dev.muster.agent.api.StatusReport;
import dev.muster.agent.journal.Journal;
import dev.muster.agent.spool.LogSpill;
import dev.muster.agent.spool.LogSpill.Batch;
import dev.muster.agent.spool.Spool;
import dev.muster.agent.spool.Spool.Left;
import java.util.List;
import java.util.Optional;

/** Takes to the server what an earlier run of this agent could not deliver; logs come first. */
final class SpoolCourier {
  private static final Journal JOURNAL = Journal.of("spool");
  private static final int BATCH_LINES = 1_000;
  private static final int BATCH_BYTES = 1 << 20;

  private final ServerApi server;
  private final Spool spool;
  private final Backoff failures;

  SpoolCourier(ServerApi server, Spool spool, Backoff failures) {
    this.server = server;
    this.spool = spool;
    this.failures = failures;
  }

  /** A call to the server. */
  private interface Call {
    Reply<Acknowledged> make() throws InterruptedException;
  }

  /** Runs until everything is delivered, or refused for good. */
  void run(List<Left> all) throws InterruptedException {
    for (Left left : all) {
      boolean taken = areTaken(left.lease(), left.lines()) && isTaken(left.outcome());
      JOURNAL.info(
          "delivered",
          "job",
          left.lease().job(),
          "attempt",
          left.lease().attempt(),
          "taken",
          taken);
      spool.forget(left.lease());
    }
  }

  private boolean areTaken(Lease lease, LogSpill lines) throws InterruptedException {
    while (!lines.isEmpty()) {
      Batch batch = lines.next(BATCH_LINES, BATCH_BYTES);
      if (!batch.lines().isEmpty() && !isTaken(() -> server.ship(lease, batch.lines()))) {
        return false;
      }
      lines.taken(batch);
    }
    return true;
  }

  private boolean isTaken(Optional<StatusReport> outcome) throws InterruptedException {
    return outcome.isEmpty() || isTaken(() -> server.report(outcome.get()));
  }

  /** Says it until there is an answer of Muster's; false where that is no. */
  private boolean isTaken(Call call) throws InterruptedException {
    while (true) {
      switch (call.make()) {
        case Reply.Ok<Acknowledged> _ -> {
          failures.reset();
          return true;
        }
        case Reply.Unavailable<Acknowledged> away -> Thread.sleep(failures.next(away.retryAfter()));
        case Reply.LeaseLost<Acknowledged> _ -> {
          return false;
        }
        case Reply.Refused<Acknowledged> _ -> {
          return false;
        }
        // Says nothing about what is delivered: it is kept for when people have put that right.
        case Reply.Disabled<Acknowledged> _ -> Thread.sleep(failures.next());
        case Reply.Unauthorized<Acknowledged> _ -> Thread.sleep(failures.next());
      }
    }
  }
}
