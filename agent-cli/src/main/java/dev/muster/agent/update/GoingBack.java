package dev.muster.agent.update;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** Puts the version before in the jar's place again. */
public final class GoingBack {
  /** So many trials without an answer, and a version is given up. */
  static final long MOST_TRIALS = 3;

  /** What came of the wish to go back. */
  public enum Asked {
    /** The version before is in its place. */
    DONE,
    /** There is none, or it is not what it was. */
    NOTHING_BEFORE,
    /** A release has said that none as old as that is installed any more. */
    BELOW_FLOOR
  }

  private final Shelf shelf;
  private final JarFiles files;
  private final Disk disk;
  private final Ledger ledger;

  GoingBack(Shelf shelf, Disk disk) {
    this.shelf = shelf;
    this.files = shelf.files();
    this.disk = disk;
    this.ledger = new Ledger(shelf, disk);
  }

  /**
   * No server has answered the version on trial. It may be offered again, but not for ever.
   *
   * @return false where there is nothing to go back to, and nothing was changed
   */
  boolean unanswered(Trial trial) throws IOException {
    Proven before = new Proven(trial.before(), trial.beforeSequence(), 0, null);
    if (!isThere(before)) {
      return false;
    }
    if (trial.trials() >= MOST_TRIALS) {
      ledger.addFailed(trial.sequence());
    } else {
      ledger.setTried(trial.sequence(), trial.trials());
    }
    putBack(trial.sequence(), "server_away", before);
    return true;
  }

  /** Somebody does not want the version that is there. It is not tried again. */
  Asked asked() throws IOException {
    String own = Hashes.of(files.jar());
    Optional<Trial> trial = shelf.trialOf(own);
    Optional<Proven> before =
        trial.isPresent()
            ? trial.map(open -> new Proven(open.before(), open.beforeSequence(), 0, null))
            : shelf.proven(own).map(Proven::before).map(GoingBack::asProven);
    if (before.isEmpty() || !isThere(before.get())) {
      return Asked.NOTHING_BEFORE;
    }
    if (before.get().sequence() < shelf.floor()) {
      return Asked.BELOW_FLOOR;
    }
    long sequence = shelf.sequence(own);
    ledger.addFailed(sequence);
    putBack(sequence, "asked", before.get());
    return Asked.DONE;
  }

  private static Proven asProven(Proven.Before before) {
    return new Proven(before.sha256(), before.sequence(), 0, null);
  }

  private boolean isThere(Proven before) throws IOException {
    return Files.isRegularFile(files.before()) && Hashes.of(files.before()).equals(before.sha256());
  }

  /** What is to be remembered comes first: whoever is killed before the jar moves does it again. */
  private void putBack(long sequence, String cause, Proven before) throws IOException {
    ledger.add(new Outcome(sequence, Outcome.REVERTED, cause));
    disk.move(files.before(), files.jar());
    disk.write(files.stable(), before.text());
    disk.remove(files.trial());
  }
}
