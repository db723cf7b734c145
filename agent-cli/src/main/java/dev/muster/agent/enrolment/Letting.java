package dev.muster.agent.enrolment;

import dev.muster.agent.api.Reply;

/** Whether the server lets an agent in that presents itself by name. */
public sealed interface Letting {
  /** It does. */
  record In() implements Letting {}

  /** It does not know what was presented, or not any more. */
  record Unknown() implements Letting {}

  /** It does not want this agent; asking again would not help. */
  record Refused(String reason) implements Letting {}

  /**
   * It did not answer in the time there was.
   *
   * @param untrusted whether it could not prove who it is
   */
  record Unanswered(String reason, boolean untrusted) implements Letting {}

  /** What an answer means that is not a good one. */
  static Letting out(Reply<?> reply) {
    return switch (reply) {
      case Reply.Ok<?> ok -> throw new IllegalArgumentException("a good answer");
      case Reply.Unauthorized<?> unknown -> new Unknown();
      case Reply.Disabled<?> disabled -> new Refused("the agent is disabled");
      case Reply.LeaseLost<?> lost -> new Refused("an answer that makes no sense");
      case Reply.Refused<?> refused ->
          new Refused(refused.status() + " " + refused.code() + ": " + refused.detail());
      case Reply.Unavailable<?> away -> new Unanswered(away.reason(), away.untrusted());
    };
  }
}
