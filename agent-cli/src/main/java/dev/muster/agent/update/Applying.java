package dev.muster.agent.update;

import dev.muster.domain.update.Release;
import java.io.IOException;
import java.time.Duration;

/** Puts a release that was fetched and found right in the place of the jar, on trial. */
final class Applying {
  /** So long the launcher waits for the verdict of a version beyond its trial. */
  private static final Duration MARGIN = Duration.ofMinutes(2);

  private final Shelf shelf;
  private final JarFiles files;
  private final Disk disk;
  private final Duration trial;

  /**
   * Applies releases.
   *
   * @param trial how long a version may wait for an answer of a server's
   */
  Applying(Shelf shelf, Disk disk, Duration trial) {
    this.shelf = shelf;
    this.files = shelf.files();
    this.disk = disk;
    this.trial = trial;
  }

  /**
   * Applies what lies in {@code .new}. The last step is the one that counts: whoever is killed
   * before it goes on as the old version, and the launcher clears up.
   *
   * @throws IOException where a step failed; the old version is still in its place
   */
  void apply(Release release) throws IOException {
    String before = Hashes.of(files.jar());
    Trial open =
        new Trial(
            before,
            shelf.sequence(before),
            release.sha256(),
            release.sequence(),
            release.floor(),
            0,
            trial.plus(MARGIN).toSeconds(),
            shelf.tried(release.sequence()) + 1);
    disk.link(files.jar(), files.before());
    disk.write(files.trial(), open.text());
    disk.remove(files.stable());
    disk.move(files.fetched(), files.jar());
  }
}
