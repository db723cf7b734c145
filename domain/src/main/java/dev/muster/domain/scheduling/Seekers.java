package dev.muster.domain.scheduling;

import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantSlug;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The agents of one plan, found by what fits them: jobs and agents are matched kind by kind, not
 * one by one, and a group without a free slot is looked at no more. Used by one thread.
 */
final class Seekers {
  private final QueueView view;
  private final Collection<Seeker> onlineKinds;
  private final Map<SeekerGroup.Kind, SeekerGroup> groups = new LinkedHashMap<>();
  private final Set<TenantSlug> namedTenants;
  private final Map<JobKind, List<SeekerGroup>> matched = new HashMap<>();
  private long slots;

  Seekers(QueueView view, List<Seeker> seekers) {
    this.view = view;
    for (int place = 0; place < seekers.size(); place++) {
      Seeker seeker = seekers.get(place);
      slots += seeker.slots();
      groups
          .computeIfAbsent(SeekerGroup.Kind.of(seeker), kind -> new SeekerGroup(seeker))
          .add(new OpenSeeker(seeker, place, 0));
    }
    onlineKinds = oneOfEachKind(view.online(), seekers);
    namedTenants = namedBy(onlineKinds);
  }

  boolean haveSlots() {
    return slots > 0;
  }

  /** Gives a job to the least loaded agent that it fits; null where there is none. */
  @Nullable Seeker take(QueuedJob job, TenantSlug slug) {
    List<SeekerGroup> fitting =
        matched.computeIfAbsent(kindOf(job, slug), kind -> groupsFor(job, slug));
    fitting.removeIf(SeekerGroup::isFull);
    SeekerGroup best = leastLoaded(fitting);
    if (best == null) {
      return null;
    }
    slots--;
    return best.take();
  }

  private static @Nullable SeekerGroup leastLoaded(List<SeekerGroup> candidates) {
    SeekerGroup best = null;
    OpenSeeker least = null;
    for (SeekerGroup group : candidates) {
      OpenSeeker head = group.least();
      if (head != null && (least == null || head.compareTo(least) < 0)) {
        best = group;
        least = head;
      }
    }
    return best;
  }

  private List<SeekerGroup> groupsFor(QueuedJob job, TenantSlug slug) {
    List<SeekerGroup> fitting = new ArrayList<>();
    for (SeekerGroup group : groups.values()) {
      if (!group.isFull()
          && Matching.fits(
              job, slug, group.example(), onlineKinds, view.now(), view.regionPatience())) {
        fitting.add(group);
      }
    }
    return fitting;
  }

  private JobKind kindOf(QueuedJob job, TenantSlug slug) {
    boolean matters = job.pool() == Pool.DEDICATED || namedTenants.contains(slug);
    boolean patient =
        job.requirements().preferredRegion() != null
            && !Matching.hasLostPatience(job, view.now(), view.regionPatience());
    return new JobKind(
        matters ? job.tenant() : null, job.pool(), job.workerType(), job.requirements(), patient);
  }

  /** Whoever asks is online, even where the view was taken before it came. */
  private static Collection<Seeker> oneOfEachKind(List<Seeker> online, List<Seeker> seekers) {
    return Stream.concat(online.stream(), seekers.stream())
        .collect(
            Collectors.toMap(
                SeekerGroup.Kind::of, seeker -> seeker, (first, same) -> first, LinkedHashMap::new))
        .values();
  }

  private static Set<TenantSlug> namedBy(Collection<Seeker> agents) {
    return agents.stream()
        .map(Seeker::servesTenant)
        .flatMap(Stream::ofNullable)
        .collect(Collectors.toSet());
  }
}
