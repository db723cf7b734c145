package dev.muster.architecture.planted.domainclock.domain.job;

final class GuiltyOfMillis {
  long planted() {
    return System.currentTimeMillis();
  }
}
