package dev.muster.architecture.planted.adapterclock.jdbc.job;

import java.time.Instant;

final class GuiltyOfNow {
  Instant planted() {
    return Instant.now();
  }
}
