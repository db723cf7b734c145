package dev.muster.architecture.planted.adapterclock.server;

import java.time.InstantSource;

final class GuiltyOfSystemTime {
  InstantSource planted() {
    return InstantSource.system();
  }
}
