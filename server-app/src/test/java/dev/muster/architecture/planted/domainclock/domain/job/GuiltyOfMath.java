package dev.muster.architecture.planted.domainclock.domain.job;

final class GuiltyOfMath {
  double planted() {
    return Math.random();
  }
}
