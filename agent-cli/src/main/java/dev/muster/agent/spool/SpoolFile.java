package dev.muster.agent.spool;

import dev.muster.agent.api.Lease;
import dev.muster.domain.job.JobId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of the spool: what their names say. */
final class SpoolFile {
  static final String OUTCOME = ".outcome";
  static final String LOG = ".log";

  private static final Pattern NAME =
      Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.([0-9]{1,9})\\.[a-z]+");

  private SpoolFile() {}

  static Path of(Path folder, Lease lease, String kind) {
    return folder.resolve(lease.job() + "." + lease.attempt() + kind);
  }

  /** Which attempt a file belongs to; empty where its name says none. */
  static Optional<Lease> leaseOf(Path file) {
    Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
    return name.matches()
        ? Optional.of(
            new Lease(new JobId(UUID.fromString(name.group(1))), Integer.parseInt(name.group(2))))
        : Optional.empty();
  }
}
