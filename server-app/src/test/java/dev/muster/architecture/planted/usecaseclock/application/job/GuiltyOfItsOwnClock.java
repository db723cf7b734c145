package dev.muster.architecture.planted.usecaseclock.application.job;

import java.time.Clock;
import java.time.Instant;

final class GuiltyOfItsOwnClock {
  Instant planted() {
    return Clock.systemUTC().instant();
  }
}
