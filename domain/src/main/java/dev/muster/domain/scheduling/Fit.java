package dev.muster.domain.scheduling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Groups of agents that the same jobs fit, and whether one of them has a free slot. */
final class Fit {
  static final Fit NONE = new Fit(List.of());

  private final List<AgentGroup> groups;
  private long lookedAt;
  private boolean open;

  Fit(List<AgentGroup> groups) {
    this.groups = List.copyOf(groups);
  }

  /**
   * Whether some agent has a free slot.
   *
   * @param moment a number that changes whenever a group may have become full or free; not 0
   */
  boolean isOpen(long moment) {
    if (lookedAt != moment) {
      lookedAt = moment;
      open = hasSlots();
    }
    return open;
  }

  private boolean hasSlots() {
    for (int i = 0; i < groups.size(); i++) {
      if (!groups.get(i).isFull()) {
        return true;
      }
    }
    return false;
  }

  /** The group with the least loaded agent that has a free slot, or null. */
  @Nullable AgentGroup leastLoaded() {
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
