package dev.muster.architecture.planted.adapterclock.jdbc;

import java.time.Instant;

final class InnocentClock {
  Instant planted() {
    return Instant.now();
  }
}
