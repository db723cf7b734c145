package dev.muster.architecture.planted.wiring.agent.loop;

import java.time.Clock;

final class GuiltyLoop {
  Clock planted() {
    return Clock.systemUTC();
  }
}
