package dev.muster.architecture.planted.usecaseclock.application.job;

final class GuiltyOfSleeping {
  void planted() throws InterruptedException {
    Thread.sleep(1);
  }
}
