package dev.muster.architecture.planted.adapterclock.agent.loop;

final class GuiltyOfJitter {
  double planted() {
    return Math.random();
  }
}
