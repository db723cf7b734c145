package dev.muster.domain.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The agents that wait on one replica, by what fits them. A plan takes their slots as it grants;
 * who has been given jobs stays until it is removed or put again. For one thread.
 */
public final class WaitingAgents {
  private record Place(Fleet fleet, AgentGroup group, WaitingAgent agent) {}

  private final Map<AgentId, Place> places = new HashMap<>();
  private final Fleet shared = new Fleet();
  private final Map<TenantId, Fleet> dedicated = new LinkedHashMap<>();

  /**
   * Lets an agent wait; one that waits already is replaced.
   *
   * @param lot a random number, which orders agents that are equally loaded
   */
  public void put(Seeker seeker, long lot) {
    remove(seeker.agent());
    AgentKind kind = AgentKind.of(seeker);
    Fleet fleet =
        kind.owner().isSystem()
            ? shared
            : dedicated.computeIfAbsent(kind.owner(), owner -> new Fleet());
    WaitingAgent agent = new WaitingAgent(seeker, lot, 0);
    places.put(seeker.agent(), new Place(fleet, fleet.enter(kind, agent), agent));
  }

  /** Lets an agent wait no more; nothing happens where it does not. */
  public void remove(AgentId agent) {
    Place place = places.remove(agent);
    if (place == null) {
      return;
    }
    place.fleet().leave(place.group(), place.agent());
    TenantId owner = place.group().kind().owner();
    if (!owner.isSystem() && place.fleet().isDeserted()) {
      dedicated.remove(owner);
    }
  }

  /** Whether no agent waits, with a free slot or without. */
  public boolean isEmpty() {
    return places.isEmpty();
  }

  Fleet shared() {
    return shared;
  }

  /** Dedicated agents, by the tenant that has them; no fleet without agents. */
  Map<TenantId, Fleet> dedicated() {
    return dedicated;
  }

  /** Gives a job to the least loaded of a group, which must have a free slot. */
  AgentId take(Fleet fleet, AgentGroup group) {
    WaitingAgent taken = fleet.take(group);
    AgentId id = taken.seeker().agent();
    places.put(id, new Place(fleet, group, taken));
    return id;
  }
}
