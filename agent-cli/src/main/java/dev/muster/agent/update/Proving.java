package dev.muster.agent.update;

import java.io.IOException;
import java.util.Optional;

/** Ends a trial well. */
final class Proving {
  private final Shelf shelf;
  private final JarFiles files;
  private final Disk disk;
  private final Ledger ledger;

  Proving(Shelf shelf, Disk disk) {
    this.shelf = shelf;
    this.files = shelf.files();
    this.disk = disk;
    this.ledger = new Ledger(shelf, disk);
  }

  /**
   * The version on trial has proved itself. The first step decides; {@link #settle} repeats the
   * rest.
   */
  void prove(Trial trial) throws IOException {
    Proven proven =
        new Proven(
            trial.to(),
            trial.sequence(),
            trial.floor(),
            new Proven.Before(trial.before(), trial.beforeSequence()));
    disk.write(files.stable(), proven.text());
    settle(trial.to());
  }

  /** Finishes what a version that has proved itself did not come to. */
  void settle(String sha256) throws IOException {
    Optional<Proven> proven = shelf.proven(sha256);
    if (proven.isEmpty()) {
      return;
    }
    ledger.raiseFloor(proven.get().floor());
    Optional<Trial> trial = shelf.trial().filter(each -> each.to().equals(sha256));
    if (trial.isPresent()) {
      ledger.add(new Outcome(trial.get().sequence(), Outcome.APPLIED, "proved"));
      disk.remove(files.trial());
      disk.remove(files.tried());
    }
  }
}
