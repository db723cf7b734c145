package dev.muster.agent.update;

import dev.muster.agent.api.Reply;
import dev.muster.agent.api.ServerApi.Acknowledged;
import dev.muster.agent.api.UpdateApi;
import dev.muster.agent.journal.Journal;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Tells the server what became of updates: each outcome until it was heard, and then no more. */
public final class Telling {
  private static final Journal JOURNAL = Journal.of("update");

  private final UpdateApi api;
  private final Shelf shelf;
  private final Ledger ledger;
  private final String version;
  private final Set<Outcome> rejections = new HashSet<>();

  /** Tells of one agent's updates, as the version that runs. */
  public Telling(UpdateApi api, Updates updates, String version) {
    this.api = api;
    this.shelf = updates.shelf();
    this.ledger = new Ledger(updates.shelf(), updates.disk());
    this.version = version;
  }

  /** Tells what waits; false where something still does. */
  boolean tellWaiting() throws IOException, InterruptedException {
    for (Outcome outcome : shelf.outcomes()) {
      if (!isHeard(outcome)) {
        return false;
      }
      ledger.remove(outcome);
      JOURNAL.info(
          "update_" + outcome.kind(), "sequence", outcome.sequence(), "cause", outcome.cause());
    }
    return true;
  }

  /** Tells of an offer that was not taken; of the same one not again and again. */
  public void tellRejected(long sequence, String cause) throws InterruptedException {
    JOURNAL.error("update_rejected", "sequence", sequence, "cause", cause);
    Outcome outcome = new Outcome(sequence, Outcome.REJECTED, cause);
    if (!rejections.contains(outcome) && isHeard(outcome)) {
      rejections.add(outcome);
    }
  }

  /** A server that refuses to hear it will go on to do so. */
  private boolean isHeard(Outcome outcome) throws InterruptedException {
    return switch (api.tell(outcome.sequence(), outcome.kind(), outcome.cause(), version)) {
      case Reply.Ok<Acknowledged> _ -> true;
      case Reply.Refused<Acknowledged> refused -> {
        JOURNAL.warn("result_refused", "status", refused.status(), "code", refused.code());
        yield true;
      }
      case Reply.LeaseLost<Acknowledged> _ -> true;
      case Reply.Unauthorized<Acknowledged> _ -> false;
      case Reply.Disabled<Acknowledged> _ -> false;
      case Reply.Unavailable<Acknowledged> _ -> false;
    };
  }
}
