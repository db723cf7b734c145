package dev.muster.server.configuration;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong, so that it is reported at once and once. Not thread-safe. */
final class Problems {
  private final Set<Problem> found = new LinkedHashSet<>();

  void add(String place, String message) {
    found.add(new Problem(place, message));
  }

  void add(Setting setting, String message) {
    add(setting.variable(), message);
  }

  List<Problem> list() {
    return List.copyOf(found);
  }
}
