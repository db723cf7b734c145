package dev.muster.http.route;

import java.time.Duration;

/** Watches over an answer that takes long, such as a stream. */
@FunctionalInterface
public interface Watch {
  /** For answers that nobody may follow. */
  Watch NONE = pause -> false;

  /**
   * Waits a while.
   *
   * @return whether to go on: false when the server stops or the caller may no longer do this
   */
  boolean pause(Duration pause);
}
