package dev.muster.domain.fleet;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an agent says that it can run, and where it stands.
 *
 * @param capabilities labels of kinds of work
 * @param tools names of programs
 * @param region where it runs, or null where it did not say
 */
public record Abilities(
    SortedSet<String> capabilities, SortedSet<String> tools, @Nullable String region) {
  /** What a capability, tool or region looks like. */
  public static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,62}");

  /** How many capabilities, and how many tools, one agent or job may name. */
  public static final int MOST_LABELS = 64;

  /** Copies the sets. */
  public Abilities {
    capabilities = Collections.unmodifiableSortedSet(new TreeSet<>(capabilities));
    tools = Collections.unmodifiableSortedSet(new TreeSet<>(tools));
  }

  /** Abilities from any sets. */
  public static Abilities of(Set<String> capabilities, Set<String> tools, @Nullable String region) {
    return new Abilities(new TreeSet<>(capabilities), new TreeSet<>(tools), region);
  }

  /** What both have: what a claim names, never more than what was enrolled. */
  public Abilities within(Abilities enrolled) {
    SortedSet<String> bothCapabilities = new TreeSet<>(capabilities);
    bothCapabilities.retainAll(enrolled.capabilities);
    SortedSet<String> bothTools = new TreeSet<>(tools);
    bothTools.retainAll(enrolled.tools);
    return new Abilities(bothCapabilities, bothTools, enrolled.region);
  }
}
