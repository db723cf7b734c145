package dev.muster.agent.loop;

import dev.muster.agent.journal.Journal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Starts what runs beside, each on a virtual thread of its own, and sees to it that a defect in one
 * does not go unheard. Thread-safe.
 */
final class Tasks {
  private static final Journal JOURNAL = Journal.of("agent");

  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  /** What is run; an interruption ends it, and is nothing to report. */
  interface Task {
    void run() throws InterruptedException;
  }

  /** Starts a task. */
  Thread start(String name, Task task) {
    return start(name, task, () -> {});
  }

  /** Starts a task, and does something more when it breaks down. */
  Thread start(String name, Task task, Runnable onDefect) {
    Thread thread = Thread.ofVirtual().name(name).unstarted(() -> run(name, task, onDefect));
    running.add(thread);
    thread.start();
    return thread;
  }

  /** Interrupts all that still run. */
  void interrupt() {
    running.forEach(Thread::interrupt);
  }

  private void run(String name, Task task, Runnable onDefect) {
    try {
      task.run();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error defect) {
      // Its text may hold a secret; its kind does not.
      JOURNAL.error("broke_down", "task", name, "kind", defect.getClass().getName());
      onDefect.run();
    } finally {
      running.remove(Thread.currentThread());
    }
  }
}
