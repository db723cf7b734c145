package dev.muster.architecture.planted.adapterclock.http.job;

final class GuiltyOfMillis {
  long planted() {
    return System.currentTimeMillis();
  }
}
