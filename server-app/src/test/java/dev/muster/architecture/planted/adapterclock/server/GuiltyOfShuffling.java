package dev.muster.architecture.planted.adapterclock.server;

import java.util.Collections;
import java.util.List;

final class GuiltyOfShuffling {
  void planted(List<String> names) {
    Collections.shuffle(names);
  }
}
