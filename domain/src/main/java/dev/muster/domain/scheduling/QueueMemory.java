package dev.muster.domain.scheduling;

import dev.muster.domain.tenancy.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tenants and lanes that a {@link Backlog} remembers. */
final class QueueMemory {
  private final FairTurns turns;
  private final int slack;
  private final int mostPerLane;
  private final int fewLeft;
  private final Map<TenantId, TenantBacklog> tenants = new HashMap<>();
  private final Set<TenantId> unread = new LinkedHashSet<>();
  private final Set<TenantBacklog> startable = new HashSet<>();
  private final Set<TenantBacklog> runningLow = new LinkedHashSet<>();
  private final Roster roster = new Roster();
  private final Shapes shapes = new Shapes(this::shapesInUse);

  /**
   * @param turns whose clock tenants are raised to when they come
   * @param slack how many starts a tenant may be ahead of the one that is furthest behind
   * @param mostPerLane as many jobs of a lane are remembered
   * @param fewLeft with so many left or fewer, it is time to read on
   */
  QueueMemory(FairTurns turns, int slack, int mostPerLane, int fewLeft) {
    this.turns = turns;
    this.slack = slack;
    this.mostPerLane = mostPerLane;
    this.fewLeft = fewLeft;
  }

  Roster roster() {
    return roster;
  }

  @Nullable TenantBacklog find(TenantId tenant) {
    return tenants.get(tenant);
  }

  /** Takes a reading; after all that changes with it, {@link #note} is due. */
  TenantBacklog hear(TenantStanding reading) {
    TenantBacklog tenant = tenants.get(reading.tenant());
    if (tenant == null) {
      tenant = new TenantBacklog(reading);
      tenants.put(reading.tenant(), tenant);
    } else {
      tenant.hear(reading);
    }
    return tenant;
  }

  /** Whether no tenant has anything queued that it may start. */
  boolean isIdle() {
    return startable.isEmpty();
  }

  void forgetAllBut(Set<TenantId> listed) {
    List<TenantBacklog> others = new ArrayList<>();
    for (TenantBacklog tenant : tenants.values()) {
      if (!tenant.wasHeardOf() && !listed.contains(tenant.id())) {
        others.add(tenant);
      }
    }
    for (TenantBacklog tenant : others) {
      tenants.remove(tenant.id());
      unread.remove(tenant.id());
      startable.remove(tenant);
      runningLow.remove(tenant);
      roster.forget(tenant.contender());
    }
  }

  /** The lane that a job belongs to; an empty one where there was none. */
  Lane lane(TenantBacklog tenant, QueuedJob job) {
    Shape shape = shapes.of(job);
    for (Lane lane : tenant.lanes()) {
      if (lane.shape() == shape && lane.priority() == job.priority()) {
        return lane;
      }
    }
    Lane lane = new Lane(tenant.id(), shape, job.priority(), mostPerLane);
    tenant.lanes().add(lane);
    return lane;
  }

  /** Draws the conclusions from what has changed about a tenant. */
  void note(TenantBacklog tenant) {
    tenant.dropEmptyLanes();
    tenant.look(turns.clock());
    tenant.contender().refresh(slack);
    roster.note(tenant.contender());
    keep(unread, tenant.id(), tenant.isUnread());
    TenantStanding standing = tenant.standing();
    keep(startable, tenant, standing.queued() > 0 && standing.room() > 0);
    boolean low = false;
    for (Lane lane : tenant.lanes()) {
      low |= lane.isLow(fewLeft);
    }
    keep(runningLow, tenant, low);
  }

  Set<TenantId> unread() {
    return Set.copyOf(unread);
  }

  List<LaneEnd> runningLow() {
    List<LaneEnd> ends = new ArrayList<>();
    for (TenantBacklog tenant : runningLow) {
      for (Lane lane : tenant.lanes()) {
        QueuedJob end = lane.end();
        if (end != null && lane.isLow(fewLeft)) {
          lane.askOn();
          ends.add(new LaneEnd(end));
        }
      }
    }
    return List.copyOf(ends);
  }

  private Set<Shape> shapesInUse() {
    Set<Shape> used = new HashSet<>();
    for (TenantBacklog tenant : tenants.values()) {
      tenant.lanes().forEach(lane -> used.add(lane.shape()));
    }
    return used;
  }

  private static <T> void keep(Set<T> set, T element, boolean in) {
    if (in) {
      set.add(element);
    } else {
      set.remove(element);
    }
  }
}
