package dev.muster.agent.configuration;

import dev.muster.domain.update.PublisherKey;
import java.time.Duration;
import java.util.List;

/**
 * How the agent becomes another version of itself.
 *
 * @param enabled whether it does so by itself
 * @param publishers whose signature a release must have; empty where the server's is enough
 * @param interval between looks for a new version
 * @param download what a download may take
 * @param drain what running jobs get before the agent makes way; then they are given back
 * @param proof what a new version must run before it is kept
 * @param trial how long a new version may wait for an answer of the server's
 */
public record UpdateSettings(
    boolean enabled,
    List<PublisherKey> publishers,
    Duration interval,
    Duration download,
    Duration drain,
    Duration proof,
    Duration trial) {
  /** Copies the list. */
  public UpdateSettings {
    publishers = List.copyOf(publishers);
  }
}
