package dev.muster.domain.scheduling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The groups of agents that jobs of one shape fit.
 *
 * @param patient those that fit while a job still waits for its region
 * @param impatient those that fit after that; all that are able
 * @param able whether any agent that is online or waits could take such a job, free or not
 */
record Match(List<AgentGroup> patient, List<AgentGroup> impatient, boolean able) {
  /** Whether some agent of these groups has a free slot. */
  static boolean haveSlots(List<AgentGroup> groups) {
    for (int i = 0; i < groups.size(); i++) {
      if (!groups.get(i).isFull()) {
        return true;
      }
    }
    return false;
  }

  /** The group with the least loaded agent that has a free slot, or null. */
  static @Nullable AgentGroup leastLoaded(List<AgentGroup> groups) {
    AgentGroup best = null;
    WaitingAgent least = null;
    for (AgentGroup group : groups) {
      WaitingAgent first = group.least();
      if (first != null && (least == null || first.compareTo(least) < 0)) {
        best = group;
        least = first;
      }
    }
    return best;
  }
}
