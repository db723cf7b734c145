package dev.muster.architecture.planted.adapterclock.http.job;

final class InnocentMeasure {
  long planted() {
    return System.nanoTime();
  }
}
