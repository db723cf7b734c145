package dev.muster.agent.enrolment;

/** How an attempt to join ended. */
public sealed interface Joining {
  /** The agent is enrolled, and its identity is on disk. */
  record Joined(Identity identity) implements Joining {}

  /** The server knows an agent of that name and does not say its credential again. */
  record AlreadyRegistered() implements Joining {}

  /** The server does not want it; asking again would not help. */
  record Refused(String reason) implements Joining {}

  /**
   * The server did not answer in the time there was.
   *
   * @param untrusted whether it could not prove who it is
   */
  record Unanswered(String reason, boolean untrusted) implements Joining {}
}
