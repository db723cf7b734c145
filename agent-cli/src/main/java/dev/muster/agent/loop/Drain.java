package dev.muster.agent.loop;

import java.util.concurrent.atomic.AtomicBoolean;

/** Whether the agent takes no new jobs. Thread-safe. */
final class Drain {
  private final AtomicBoolean on = new AtomicBoolean();

  boolean isOn() {
    return on.get();
  }

  /** Sets it; returns whether that changed anything. */
  boolean set(boolean draining) {
    return on.getAndSet(draining) != draining;
  }
}
