package dev.muster.agent.update;

import java.nio.file.Path;

/**
 * The agent's jar, and the files beside it that its launcher knows too.
 *
 * @param jar what the launcher starts
 */
public record JarFiles(Path jar) {
  /** The jar of a state folder. */
  public static JarFiles in(Path state) {
    return new JarFiles(state.resolve("muster-agent.jar"));
  }

  /** What was fetched and found right. */
  Path fetched() {
    return beside(".new");
  }

  /** What is being fetched. */
  Path arriving() {
    return beside(".new.tmp");
  }

  /** The version before. */
  Path before() {
    return beside(".bak");
  }

  /** That a version has proved itself: a {@link Proven}. */
  Path stable() {
    return beside(".stable");
  }

  /** That a version is on trial: a {@link Trial}. */
  Path trial() {
    return beside(".trial");
  }

  /** Sequences that are never tried again, one on each line. */
  Path failed() {
    return beside(".failed");
  }

  /** The lowest sequence that may be installed. */
  Path floor() {
    return beside(".floor");
  }

  /** How often a sequence has been tried without an answer of a server's. */
  Path tried() {
    return beside(".tried");
  }

  /** What the server is still to be told: an {@link Outcome} on each line. */
  Path report() {
    return beside(".report");
  }

  private Path beside(String suffix) {
    return jar.resolveSibling(jar.getFileName() + suffix);
  }
}
