package dev.muster.architecture.planted.domainclock.domain.job;

import java.util.random.RandomGenerator;

final class InnocentTokenText {
  int planted(RandomGenerator given) {
    return given.nextInt();
  }
}
