package dev.muster.wire.caller;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Headers made of pairs. */
record HeadersFake(Map<String, List<String>> byName) implements Headers {
  static HeadersFake of(String... namesAndValues) {
    var map = new TreeMap<String, List<String>>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      var name = namesAndValues[i].toLowerCase(Locale.ROOT);
      map.computeIfAbsent(name, n -> new ArrayList<>()).add(namesAndValues[i + 1]);
    }
    return new HeadersFake(map);
  }

  @Override
  public List<String> all(String name) {
    return byName.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }
}
