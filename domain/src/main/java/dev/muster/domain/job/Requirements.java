package dev.muster.domain.job;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a job needs of its agent.
 *
 * @param preferredRegion where it would rather run, or null
 */
public record Requirements(
    SortedSet<String> capabilities, SortedSet<String> tools, @Nullable String preferredRegion) {
  /** Copies the sets. */
  public Requirements {
    capabilities = Collections.unmodifiableSortedSet(new TreeSet<>(capabilities));
    tools = Collections.unmodifiableSortedSet(new TreeSet<>(tools));
  }

  /** Requirements from any sets. */
  public static Requirements of(
      Set<String> capabilities, Set<String> tools, @Nullable String preferredRegion) {
    return new Requirements(new TreeSet<>(capabilities), new TreeSet<>(tools), preferredRegion);
  }
}
