package dev.muster.domain.update;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import java.util.List;
import java.util.Set;

/**
 * What an agent holds an offer against.
 *
 * @param updateKey given at its registration, and never sent again
 * @param publishers pinned by the host's own configuration; empty where nothing is
 * @param sequence of the release that runs, 0 where it came from no release
 * @param floor no release below it is installed any more
 * @param failed sequences that are never tried again
 * @param java the version that runs here
 */
public record Installed(
    AgentId agent,
    TenantId tenant,
    Secret updateKey,
    List<PublisherKey> publishers,
    long sequence,
    long floor,
    Set<Long> failed,
    int java) {
  /** Copies, so that it does not change. */
  public Installed {
    publishers = List.copyOf(publishers);
    failed = Set.copyOf(failed);
  }
}
