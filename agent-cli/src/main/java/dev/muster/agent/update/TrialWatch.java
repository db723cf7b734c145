package dev.muster.agent.update;

import dev.muster.agent.configuration.UpdateSettings;
import dev.muster.agent.disk.DiskFailure;
import dev.muster.agent.journal.Journal;
import dev.muster.agent.loop.Agent;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** What a version does about its own trial. */
final class TrialWatch {
  private static final Journal JOURNAL = Journal.of("update");
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final Shelf shelf;
  private final Proving proving;
  private final GoingBack goingBack;
  private final UpdateSettings settings;
  private final long began = System.nanoTime();

  TrialWatch(Updates updates, UpdateSettings settings) {
    this.shelf = updates.shelf();
    this.proving = new Proving(shelf, updates.disk());
    this.goingBack = new GoingBack(shelf, updates.disk());
    this.settings = settings;
  }

  /** Waits for the verdict; false where this version has to make way for the one before. */
  boolean passes(Agent agent) throws IOException, InterruptedException {
    String own = Hashes.of(shelf.files().jar());
    proving.settle(own);
    Optional<Trial> open = shelf.trialOf(own);
    if (open.isEmpty()) {
      return true;
    }
    Trial trial = open.get();
    JOURNAL.info("trial", "sequence", trial.sequence(), "boot", trial.boots());
    while (!agent.word().awaitAnswer(settings.trial())) {
      JOURNAL.error("update_unanswered", "sequence", trial.sequence(), "trial", trial.trials());
      if (goingBack.unanswered(trial)) {
        return false;
      }
    }
    Thread.sleep(settings.proof().minusNanos(System.nanoTime() - began));
    prove(trial);
    return true;
  }

  /** Until it is on disk the launcher counts on, and in the end goes back: so it is tried on. */
  private void prove(Trial trial) throws InterruptedException {
    while (true) {
      try {
        proving.prove(trial);
        return;
      } catch (IOException unwritable) {
        JOURNAL.error("proof_not_written", "kind", DiskFailure.describe(unwritable));
        Thread.sleep(AGAIN);
      }
    }
  }
}
