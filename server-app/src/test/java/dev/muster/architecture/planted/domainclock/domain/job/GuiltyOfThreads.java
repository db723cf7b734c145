package dev.muster.architecture.planted.domainclock.domain.job;

import java.util.concurrent.ThreadLocalRandom;

final class GuiltyOfThreads {
  int planted() {
    return ThreadLocalRandom.current().nextInt();
  }
}
