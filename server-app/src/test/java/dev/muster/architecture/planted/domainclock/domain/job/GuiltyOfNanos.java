package dev.muster.architecture.planted.domainclock.domain.job;

final class GuiltyOfNanos {
  long planted() {
    return System.nanoTime();
  }
}
