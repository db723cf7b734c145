package dev.muster.architecture.planted.domainclock.domain.job;

import java.util.random.RandomGenerator;

final class GuiltyOfItsOwnDie {
  int planted() {
    return RandomGenerator.getDefault().nextInt();
  }
}
