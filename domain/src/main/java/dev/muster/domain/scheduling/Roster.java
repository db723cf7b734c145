package dev.muster.domain.scheduling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whom a plan for the shared pool looks at. Kept as tenants change, so that a plan does not go
 * through those that are at their cap or have nothing there.
 */
final class Roster {
  private final List<Contender> ready = new ArrayList<>();
  private final Map<Contender, Integer> places = new HashMap<>();
  private final Map<Contender, Integer> running = new HashMap<>();
  private long weightsRunning;

  /** Those with room below their cap and something queued for the shared pool; in no order. */
  List<Contender> ready() {
    return ready;
  }

  /** Sum of the weights of all tenants that run something in the shared pool. */
  long weightsRunning() {
    return weightsRunning;
  }

  /** Takes a tenant in as it is now. */
  void note(Contender contender) {
    count(contender, contender.runsInSharedPool() ? contender.weight() : 0);
    list(contender, contender.hasRoom() && contender.tenant().hasSharedJobs());
  }

  void forget(Contender contender) {
    count(contender, 0);
    list(contender, false);
  }

  private void count(Contender contender, int weight) {
    Integer before = weight == 0 ? running.remove(contender) : running.put(contender, weight);
    weightsRunning += weight - (before == null ? 0 : before);
  }

  private void list(Contender contender, boolean listed) {
    Integer place = places.get(contender);
    if (listed && place == null) {
      places.put(contender, ready.size());
      ready.add(contender);
    } else if (!listed && place != null) {
      Contender last = ready.removeLast();
      if (last != contender) {
        ready.set(place, last);
        places.put(last, place);
      }
      places.remove(contender);
    }
  }
}
