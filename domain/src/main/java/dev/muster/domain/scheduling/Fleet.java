package dev.muster.domain.scheduling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The waiting agents of one owner, which is to say of one pool, kind by kind. */
final class Fleet {
  /** As many kinds may be remembered though no agent of theirs waits. */
  private static final int MOST_DESERTED = 64;

  private final Map<AgentKind, AgentGroup> byKind = new HashMap<>();
  private List<AgentGroup> groups = List.of();
  private int agents;
  private long slots;

  /** A new list whenever it has changed. */
  List<AgentGroup> groups() {
    return groups;
  }

  boolean isDeserted() {
    return agents == 0;
  }

  boolean hasSlots() {
    return slots > 0;
  }

  AgentGroup enter(AgentKind kind, WaitingAgent agent) {
    AgentGroup group = byKind.get(kind);
    if (group == null) {
      group = new AgentGroup(kind, agent.seeker());
      byKind.put(kind, group);
      forgetDeserted();
      groups = List.copyOf(byKind.values());
    }
    group.enter(agent);
    agents++;
    slots += agent.slots();
    return group;
  }

  void leave(AgentGroup group, WaitingAgent agent) {
    group.leave(agent);
    agents--;
    slots -= agent.slots();
  }

  WaitingAgent take(AgentGroup group) {
    slots--;
    return group.take();
  }

  private void forgetDeserted() {
    List<AgentKind> deserted = new ArrayList<>();
    byKind.forEach((kind, group) -> {
      if (!group.isInhabited()) {
        deserted.add(kind);
      }
    });
    if (deserted.size() > MOST_DESERTED) {
      deserted.forEach(byKind::remove);
    }
  }
}
