package dev.muster.agent.loop;

import java.util.concurrent.atomic.AtomicBoolean;

/** Whether the agent takes no new jobs: the server's word, or its own wish. Thread-safe. */
final class Drain {
  private final AtomicBoolean on = new AtomicBoolean();
  private volatile boolean held;

  boolean isOn() {
    return held || on.get();
  }

  /** Takes no new jobs for a while, whatever the server says. */
  void hold(boolean holding) {
    held = holding;
  }

  /** Sets it; returns whether that changed anything. */
  boolean set(boolean draining) {
    return on.getAndSet(draining) != draining;
  }
}
