package dev.muster.domain.scheduling;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The waiting agents of one kind, the least loaded first. It stays when its last agent leaves,
 * because such an agent usually comes again; what was matched with it stays valid.
 */
final class AgentGroup {
  private final AgentKind kind;
  private final Seeker example;
  private final TreeSet<WaitingAgent> free = new TreeSet<>();
  private int members;

  AgentGroup(AgentKind kind, Seeker example) {
    this.kind = kind;
    this.example = example;
  }

  AgentKind kind() {
    return kind;
  }

  /** An agent of this kind, whether it still waits or not. */
  Seeker example() {
    return example;
  }

  /** Whether an agent of this kind waits, with a free slot or without. */
  boolean isInhabited() {
    return members > 0;
  }

  boolean isFull() {
    return free.isEmpty();
  }

  void enter(WaitingAgent agent) {
    members++;
    addFree(agent);
  }

  void leave(WaitingAgent agent) {
    members--;
    free.remove(agent);
  }

  /** The least loaded with a free slot, or null where none has one. */
  @Nullable WaitingAgent least() {
    return free.isEmpty() ? null : free.first();
  }

  /** Gives the least loaded one job more; answers it as it is then. */
  WaitingAgent take() {
    WaitingAgent taken = free.removeFirst().withOneMore();
    addFree(taken);
    return taken;
  }

  private void addFree(WaitingAgent agent) {
    if (agent.slots() > 0) {
      free.add(agent);
    }
  }
}
