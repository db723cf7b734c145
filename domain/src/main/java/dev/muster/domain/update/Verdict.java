package dev.muster.domain.update;

/** What an agent makes of an offer. */
public sealed interface Verdict {
  /** The artifact may be fetched; it must have the length and the hash that stand here. */
  record Acceptable(Release release) implements Verdict {}

  /** Nothing is applied, and the server is told why. */
  record Rejected(Flaw flaw) implements Verdict {}

  /** What is wrong with an offer: the first thing that was found. */
  enum Flaw {
    /** The signature under the agent's update key is not right. */
    BAD_SIGNATURE,
    /** What is signed is not a text of this kind. */
    UNREADABLE,
    /** It is for another agent. */
    OTHER_AGENT,
    /** It is for another tenant. */
    OTHER_TENANT,
    /** A publisher is pinned, and none of those pinned signed the release. */
    BAD_PUBLISHER_SIGNATURE,
    /** It is not newer than what runs. */
    NOT_NEWER,
    /** It is below the floor that a release has set. */
    BELOW_FLOOR,
    /** It has failed here. */
    FAILED_BEFORE,
    /** It needs a newer Java than there is. */
    JAVA_TOO_OLD,
    /** It is from the future by more than clocks may differ. */
    NOT_YET_ISSUED,
    /** Its time is over. */
    EXPIRED,
    /** It would be good for too long, or for no time at all. */
    TOO_LONG_LIVED,
    /** What was fetched does not have the length. */
    WRONG_LENGTH,
    /** What was fetched does not have the hash. */
    WRONG_HASH
  }
}
