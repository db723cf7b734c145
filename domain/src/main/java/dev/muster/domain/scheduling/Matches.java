package dev.muster.domain.scheduling;

import dev.muster.domain.tenancy.TenantSlug;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which groups of one fleet fit which lanes. What was found stays valid from plan to plan while the
 * kinds of agents that wait or are online stay the same.
 */
final class Matches {
  /** What was found belongs to one of these, and is valid no longer than it. */
  static final class State {}

  private record Singled(Shape shape, TenantSlug tenant) {}

  private final Map<Shape, Match> byShape = new HashMap<>();
  private final Map<Singled, Match> bySingled = new HashMap<>();
  private final Set<TenantSlug> singledOut = new HashSet<>();
  private List<AgentGroup> groups = List.of();
  private List<Seeker> online = List.of();
  private Set<AgentKind> onlineKinds = Set.of();
  private List<AgentGroup> unlisted = List.of();
  private List<Seeker> everyone = List.of();
  private State state = new State();

  /**
   * Looks at the agents before a plan.
   *
   * @param online those of the fleet's owner, one of each kind
   */
  void look(Fleet fleet, List<Seeker> online) {
    Set<AgentKind> kinds = onlineKinds;
    if (!online.equals(this.online)) {
      kinds = new HashSet<>();
      for (Seeker seeker : online) {
        kinds.add(AgentKind.of(seeker));
      }
    }
    List<AgentGroup> extra = unlisted(fleet, kinds);
    boolean same =
        fleet.groups().equals(groups) && kinds.equals(onlineKinds) && extra.equals(unlisted);
    this.online = online;
    if (!same) {
      groups = fleet.groups();
      onlineKinds = kinds;
      unlisted = extra;
      forget();
    }
  }

  /** The same object as long as what was found is valid. */
  State state() {
    return state;
  }

  /** The groups that a lane's jobs fit. */
  Match find(Lane lane, TenantSlug slug) {
    return singledOut.contains(slug)
        ? bySingled.computeIfAbsent(
            new Singled(lane.shape(), slug), key -> match(lane.first(), slug))
        : byShape.computeIfAbsent(lane.shape(), key -> match(lane.first(), slug));
  }

  private void forget() {
    state = new State();
    byShape.clear();
    bySingled.clear();
    singledOut.clear();
    everyone = new ArrayList<>(online);
    unlisted.forEach(group -> everyone.add(group.example()));
    for (Seeker seeker : everyone) {
      TenantSlug slug = seeker.servesTenant();
      if (slug != null) {
        singledOut.add(slug);
      }
    }
    for (AgentGroup group : groups) {
      TenantSlug slug = group.kind().servesTenant();
      if (slug != null) {
        singledOut.add(slug);
      }
    }
  }

  private Match match(QueuedJob job, TenantSlug slug) {
    boolean able = false;
    boolean preferredIsThere = false;
    for (Seeker seeker : everyone) {
      able |= Matching.fitsButForRegion(job, slug, seeker);
      preferredIsThere |= Matching.isPreferred(job, slug, seeker);
    }
    List<AgentGroup> patient = new ArrayList<>();
    List<AgentGroup> impatient = new ArrayList<>();
    for (AgentGroup group : groups) {
      if (Matching.fitsButForRegion(job, slug, group.example())) {
        impatient.add(group);
        if (!preferredIsThere || !Matching.prefersAnother(job, group.example())) {
          patient.add(group);
        }
      }
    }
    return new Match(new Fit(patient), new Fit(impatient), able);
  }

  /** Whoever waits is online, even where the list of who is was taken before it came. */
  private static List<AgentGroup> unlisted(Fleet fleet, Set<AgentKind> kinds) {
    List<AgentGroup> extra = new ArrayList<>();
    for (AgentGroup group : fleet.groups()) {
      if (group.isInhabited() && !kinds.contains(group.kind())) {
        extra.add(group);
      }
    }
    return extra;
  }
}
