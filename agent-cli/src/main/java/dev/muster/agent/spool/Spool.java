package dev.muster.agent.spool;

import dev.muster.agent.api.Lease;
import dev.muster.agent.api.StatusReport;
import dev.muster.agent.disk.DiskFailure;
import dev.muster.agent.disk.WholeFile;
import dev.muster.agent.journal.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The spool of one agent. Thread-safe. */
public final class Spool {
  private static final Journal JOURNAL = Journal.of("spool");

  private final Path folder;
  private final LogRoom room;

  private Spool(Path folder, LogRoom room) {
    this.folder = folder;
    this.room = room;
  }

  /**
   * Opens a spool, and makes its folder when it is missing.
   *
   * @param mostLogBytes how many bytes of log lines it holds at most
   */
  public static Spool open(Path folder, long mostLogBytes) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return new Spool(folder, new LogRoom(mostLogBytes));
  }

  /** Keeps an outcome until {@link #forget}; false where the disk does not take it. */
  public boolean keep(StatusReport outcome) {
    try {
      WholeFile.write(SpoolFile.of(folder, outcome.lease(), SpoolFile.OUTCOME), outcome.toBytes());
      JOURNAL.info("outcome_kept", "job", outcome.lease().job(), "status", outcome.state());
      return true;
    } catch (IOException failure) {
      JOURNAL.error(
          "outcome_not_kept", "job", outcome.lease().job(), "cause", DiskFailure.describe(failure));
      return false;
    }
  }

  /** Removes what is kept of an attempt. */
  public void forget(Lease lease) {
    remove(SpoolFile.of(folder, lease, SpoolFile.OUTCOME));
    spillOf(lease).discard();
  }

  /** Where log lines of an attempt go that do not fit into memory. */
  public LogSpill spillOf(Lease lease) {
    return room.spill(SpoolFile.of(folder, lease, SpoolFile.LOG));
  }

  /** What an earlier run of the agent left, by attempt. */
  public List<Left> left() {
    Set<Lease> leases = new LinkedHashSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .sorted()
          .forEach(
              file -> SpoolFile.leaseOf(file).ifPresentOrElse(leases::add, () -> remove(file)));
    } catch (IOException failure) {
      JOURNAL.error("unreadable", "cause", DiskFailure.describe(failure));
    }
    List<Left> left = new ArrayList<>();
    leases.forEach(lease -> left.add(new Left(lease, outcomeOf(lease), spillOf(lease))));
    return left;
  }

  private Optional<StatusReport> outcomeOf(Lease lease) {
    Path file = SpoolFile.of(folder, lease, SpoolFile.OUTCOME);
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try {
      Optional<StatusReport> outcome = StatusReport.read(lease, Files.readAllBytes(file));
      if (outcome.isEmpty()) {
        JOURNAL.error("damaged", "job", lease.job());
        remove(file);
      }
      return outcome;
    } catch (IOException failure) {
      JOURNAL.error("unreadable", "job", lease.job(), "cause", DiskFailure.describe(failure));
      return Optional.empty();
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      JOURNAL.warn("not_removed", "cause", DiskFailure.describe(failure));
    }
  }

  /** What is left of an attempt: perhaps an outcome, perhaps lines. */
  public record Left(Lease lease, Optional<StatusReport> outcome, LogSpill lines) {}
}
