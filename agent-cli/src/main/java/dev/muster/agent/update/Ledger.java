package dev.muster.agent.update;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes what is to be remembered of updates. What stands there already is not written again. */
final class Ledger {
  private final Shelf shelf;
  private final JarFiles files;
  private final Disk disk;

  Ledger(Shelf shelf, Disk disk) {
    this.shelf = shelf;
    this.files = shelf.files();
    this.disk = disk;
  }

  /** Never lowers it. */
  void raiseFloor(long floor) throws IOException {
    if (floor > shelf.floor()) {
      disk.write(files.floor(), floor + "\n");
    }
  }

  void addFailed(long sequence) throws IOException {
    if (!shelf.failed().contains(sequence)) {
      disk.write(
          files.failed(),
          Stream.concat(shelf.failed().stream().sorted(), Stream.of(sequence))
              .map(each -> each + "\n")
              .collect(Collectors.joining()));
    }
  }

  void setTried(long sequence, long times) throws IOException {
    if (shelf.tried(sequence) != times) {
      disk.write(files.tried(), sequence + "\n" + times + "\n");
    }
  }

  /** Adds an outcome; what was to be said of the same release before is out of date. */
  void add(Outcome outcome) throws IOException {
    List<Outcome> outcomes = new ArrayList<>(shelf.outcomes());
    if (!outcomes.contains(outcome)) {
      outcomes.removeIf(each -> each.sequence() == outcome.sequence());
      outcomes.add(outcome);
      write(outcomes);
    }
  }

  /** Forgets what the server was told. */
  void remove(Outcome told) throws IOException {
    List<Outcome> outcomes = new ArrayList<>(shelf.outcomes());
    outcomes.remove(told);
    write(outcomes);
  }

  private void write(List<Outcome> outcomes) throws IOException {
    if (outcomes.isEmpty()) {
      disk.remove(files.report());
    } else {
      disk.write(
          files.report(),
          outcomes.stream().map(each -> each.line() + "\n").collect(Collectors.joining()));
    }
  }
}
