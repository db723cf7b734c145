package dev.muster.architecture.planted.useless.domain.job;

/** What a use case sees of the rule. */
public interface Ordering {
  /** Who comes first. */
  int order();
}
