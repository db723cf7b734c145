package dev.muster.ports.out.fleet;

import dev.muster.domain.fleet.Agent;
import dev.muster.ports.out.CrossTenant;
import java.time.Instant;
import java.util.List;

/** The workers within replicas, where it is about all of them. */
@CrossTenant("they are the platform's, and have jobs of any tenant")
public interface InlineAgents {
  /** Whether a tenant works inline, or a job waits that one submitted while it did. */
  boolean areNeeded();

  /**
   * Removes workers last seen before {@code offlineSince} that have no job any more: their replicas
   * are gone. One that somebody changes at this moment stays.
   *
   * @return those removed
   */
  List<Agent> removeAbandoned(Instant offlineSince, int limit);
}
