package dev.muster.architecture.planted.usecaseclock.application.job;

import java.time.Instant;
import java.time.InstantSource;

final class InnocentService {
  private final InstantSource clock;

  InnocentService(InstantSource clock) {
    this.clock = clock;
  }

  Instant planted() {
    return clock.instant();
  }
}
