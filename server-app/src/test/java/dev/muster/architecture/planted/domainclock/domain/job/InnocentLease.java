package dev.muster.architecture.planted.domainclock.domain.job;

import java.time.Instant;

final class InnocentLease {
  Instant planted() {
    return Instant.EPOCH.plusSeconds(30);
  }
}
