package dev.muster.architecture.planted.usecaseclock.application.job;

final class InnocentMeasure {
  long planted() {
    return System.nanoTime();
  }
}
