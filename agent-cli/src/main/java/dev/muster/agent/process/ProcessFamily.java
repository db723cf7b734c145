package dev.muster.agent.process;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * All processes that belong together: by control group, by session, by mark, or as descendants of
 * one that does. Safe for use by many threads.
 */
final class ProcessFamily {
  /** How long killing is tried before what is left is reported. */
  private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

  private static final long LOOK_AGAIN_MILLIS = 20;

  /** No process has it: the kernel's own have 0, and pids begin with 1. */
  private static final long NO_SESSION = -1;

  private final Predicate<String> mark;
  private final long session;
  private final Optional<ControlGroup> group;

  private ProcessFamily(Predicate<String> mark, long session, Optional<ControlGroup> group) {
    this.mark = mark;
    this.session = session;
    this.group = group;
  }

  /** The leader, which leads its own session, all that carry the mark, and all in the group. */
  static ProcessFamily of(ProcessMark mark, long leader, Optional<ControlGroup> group) {
    return new ProcessFamily(mark.toString()::equals, leader, group);
  }

  /** All that carry a mark of that agent, and all in its groups. */
  static ProcessFamily ofAgent(String agentInstance, Optional<ControlGroup> groups) {
    return new ProcessFamily(value -> ProcessMark.isOf(value, agentInstance), NO_SESSION, groups);
  }

  /** The ids of those that run. */
  Set<Long> alive() {
    long self = ProcessHandle.current().pid();
    List<ProcessTable.Row> all = ProcessTable.read();
    Set<Long> grouped = group.map(ControlGroup::members).orElse(Set.of());
    Set<Long> members = new HashSet<>();
    for (ProcessTable.Row row : all) {
      boolean belongs =
          row.session() == session || grouped.contains(row.pid()) || isMarked(row.pid());
      if (row.pid() != self && belongs) {
        members.add(row.pid());
      }
    }
    while (addChildren(all, members)) {
      // Until a pass finds no more.
    }
    members.remove(self);
    return members;
  }

  /**
   * Asks all to end, and kills those that have not after the grace period. If this thread is
   * interrupted they are killed at once, and it stays interrupted.
   *
   * @return those that could not be killed; empty if all are gone
   */
  Set<Long> stop(Duration grace) {
    boolean interrupted = Thread.interrupted();
    if (!interrupted && grace.isPositive()) {
      try {
        endWithin(grace);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    Set<Long> left = killAll();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return left;
  }

  private void endWithin(Duration grace) throws InterruptedException {
    long deadline = System.nanoTime() + grace.toNanos();
    Set<Long> asked = new HashSet<>();
    Set<Long> alive = alive();
    while (!alive.isEmpty() && System.nanoTime() < deadline) {
      alive.stream().filter(asked::add).forEach(pid -> signal(pid, ProcessHandle::destroy));
      Thread.sleep(LOOK_AGAIN_MILLIS);
      alive = alive();
    }
  }

  // Repeated, because a process may fork between being seen and being killed.
  private Set<Long> killAll() {
    boolean interrupted = false;
    long deadline = System.nanoTime() + KILL_LIMIT.toNanos();
    Set<Long> alive = alive();
    while (!alive.isEmpty() && System.nanoTime() < deadline) {
      group.ifPresent(ControlGroup::kill);
      alive.forEach(pid -> signal(pid, ProcessHandle::destroyForcibly));
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      alive = alive();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return new TreeSet<>(alive);
  }

  private boolean isMarked(long pid) {
    return ProcessTable.variable(pid, ProcessMark.VARIABLE).filter(mark).isPresent();
  }

  private static boolean addChildren(List<ProcessTable.Row> all, Set<Long> members) {
    boolean added = false;
    for (ProcessTable.Row row : all) {
      if (members.contains(row.parent())) {
        added |= members.add(row.pid());
      }
    }
    return added;
  }

  private static void signal(long pid, Consumer<ProcessHandle> signal) {
    ProcessHandle.of(pid).ifPresent(signal);
  }
}
