package dev.muster.architecture.planted.wiring.jdbc.job;

import java.time.InstantSource;

final class GuiltyOfSystemTime {
  InstantSource planted() {
    return InstantSource.system();
  }
}
