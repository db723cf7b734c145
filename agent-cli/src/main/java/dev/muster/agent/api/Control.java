package dev.muster.agent.api;

/** A message of the server's that is not a job. */
public sealed interface Control {

  /** Stop this attempt of this job and say when that is done. */
  record Cancel(Lease lease) implements Control {}

  /** Finish what runs and take nothing new. */
  record Drain() implements Control {}

  /** Take jobs again. */
  record Resume() implements Control {}

  /** Look whether there is another version. */
  record Update() implements Control {}

  /** Something that this version does not know; ignored, so that newer servers can say more. */
  record Unknown(String type) implements Control {}
}
