package dev.muster.domain.enrolment;

import dev.muster.domain.fleet.Abilities;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a token demands of the agents that join with it.
 *
 * @param region the region they must name, or null for any
 */
public record Constraints(
    @Nullable String region, SortedSet<String> capabilities, SortedSet<String> tools) {
  /** No demands. */
  public static final Constraints NONE =
      new Constraints(null, Collections.emptySortedSet(), Collections.emptySortedSet());

  /** Copies the sets. */
  public Constraints {
    capabilities = Collections.unmodifiableSortedSet(new TreeSet<>(capabilities));
    tools = Collections.unmodifiableSortedSet(new TreeSet<>(tools));
  }

  /** Why an agent of these abilities may not join, or empty where it may. */
  public Optional<EnrolmentRefusal> refusal(Abilities abilities) {
    if (region != null && !region.equals(abilities.region())) {
      return Optional.of(EnrolmentRefusal.WRONG_REGION);
    }
    if (!missing(capabilities, abilities.capabilities()).isEmpty()) {
      return Optional.of(EnrolmentRefusal.MISSING_CAPABILITY);
    }
    if (!missing(tools, abilities.tools()).isEmpty()) {
      return Optional.of(EnrolmentRefusal.MISSING_TOOL);
    }
    return Optional.empty();
  }

  private static Set<String> missing(Set<String> required, Set<String> present) {
    Set<String> missing = new TreeSet<>(required);
    missing.removeAll(present);
    return missing;
  }
}
