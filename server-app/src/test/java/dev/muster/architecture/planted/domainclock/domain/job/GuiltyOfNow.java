package dev.muster.architecture.planted.domainclock.domain.job;

import java.time.Instant;

final class GuiltyOfNow {
  Instant planted() {
    return Instant.now();
  }
}
