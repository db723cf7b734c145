package dev.muster.architecture.planted.wiring.server;

import java.time.InstantSource;

final class InnocentWiring {
  InstantSource planted() {
    return InstantSource.system();
  }
}
