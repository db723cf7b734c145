package dev.muster.domain.update;

import dev.muster.domain.fleet.AgentId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which agents a release is offered to.
 *
 * @param percentage of the agents, 0 to 100; whoever was reached with a lower one stays reached
 * @param regions only agents of these, or all where there are none
 * @param pinned agents that are reached whatever the percentage and their region
 * @param status whether it is offered at all
 */
public record Rollout(
    int percentage, Set<String> regions, Set<AgentId> pinned, RolloutStatus status) {
  private static final int HUNDRED = 100;

  /** Reaches nobody yet. */
  public static final Rollout NONE = new Rollout(0, Set.of(), Set.of(), RolloutStatus.RUNNING);

  /** Copies, so that it does not change. */
  public Rollout {
    if (percentage < 0 || percentage > HUNDRED) {
      throw new IllegalArgumentException("a percentage is 0 to 100");
    }
    regions = Set.copyOf(regions);
    pinned = Set.copyOf(pinned);
  }

  /** The same with another status. */
  public Rollout with(RolloutStatus other) {
    return new Rollout(percentage, regions, pinned, other);
  }

  /** Whether an agent is offered the release now. */
  public boolean reaches(AgentId agent, @Nullable String region, long sequence) {
    return status == RolloutStatus.RUNNING
        && (pinned.contains(agent) || isMeant(region) && place(agent, sequence) < percentage);
  }

  private boolean isMeant(@Nullable String region) {
    return regions.isEmpty() || region != null && regions.contains(region);
  }

  /** 0 to 99: by chance, but each time the same, and another one for each release. */
  private static int place(AgentId agent, long sequence) {
    byte[] text =
        ("muster-rollout-v1\n" + sequence + "\n" + agent).getBytes(StandardCharsets.US_ASCII);
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      return (int) Long.remainderUnsigned(ByteBuffer.wrap(hash).getLong(), HUNDRED);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
