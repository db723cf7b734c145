package dev.muster.domain.fleet;

/** What the server asks of an agent beside its jobs. */
public enum AgentControl {
  /** Finish what you have, take nothing new. */
  DRAIN,
  /** Take work again. */
  RESUME
}
