package dev.muster.agent.connector;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The signal that a job is to stop. Set once, never taken back. Safe for use by many threads. */
public final class Cancellation {
  private final Set<Registration> hooks = new LinkedHashSet<>();
  private boolean cancelled;

  /** A hook that can be taken off again. */
  public final class Registration implements AutoCloseable {
    private final Runnable hook;

    private Registration(Runnable hook) {
      this.hook = hook;
    }

    @Override
    public void close() {
      synchronized (hooks) {
        hooks.remove(this);
      }
    }
  }

  /** Asks the job to stop; its hooks run on this thread, once. */
  public void cancel() {
    List<Registration> due;
    synchronized (hooks) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      due = List.copyOf(hooks);
      hooks.clear();
    }
    due.forEach(registration -> registration.hook.run());
  }

  /** Whether the job is to stop. */
  public boolean isCancelled() {
    synchronized (hooks) {
      return cancelled;
    }
  }

  /** Runs the hook at {@link #cancel()}, or now if that was before. Hooks must not block. */
  public Registration onCancel(Runnable hook) {
    Registration registration = new Registration(hook);
    synchronized (hooks) {
      if (!cancelled) {
        hooks.add(registration);
        return registration;
      }
    }
    hook.run();
    return registration;
  }
}
