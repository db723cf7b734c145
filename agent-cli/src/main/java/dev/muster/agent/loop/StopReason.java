package dev.muster.agent.loop;

/** Why the agent stopped. */
public enum StopReason {
  /** It was told to. */
  REQUESTED,
  /** Another version is in the place of this one. */
  UPDATED,
  /** The server does not know its credential any more. */
  UNAUTHORIZED,
  /** The server could not prove who it is, from the first call on. */
  UNTRUSTED,
  /** A loop broke down: a defect. */
  DEFECT
}
