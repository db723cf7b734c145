package dev.muster.agent.configuration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the agent offers to do.
 *
 * @param name its stable name
 * @param tenant the slug of the tenant to serve, {@code *} for any
 * @param workerType must be the tenant's
 * @param capabilities what it can do
 * @param tools the programs it may run
 * @param region where it is; null when it does not say
 * @param maxConcurrent jobs at a time
 * @param jobTokens whether it wants its jobs to come with tokens of their own
 */
public record Offer(
    String name,
    String tenant,
    String workerType,
    List<String> capabilities,
    List<String> tools,
    @Nullable String region,
    int maxConcurrent,
    boolean jobTokens) {
  /** Copies the lists. */
  public Offer {
    capabilities = List.copyOf(capabilities);
    tools = List.copyOf(tools);
  }

  /** Of an agent whose jobs need no tokens. */
  public Offer(
      String name,
      String tenant,
      String workerType,
      List<String> capabilities,
      List<String> tools,
      @Nullable String region,
      int maxConcurrent) {
    this(name, tenant, workerType, capabilities, tools, region, maxConcurrent, false);
  }

  /** The same, with or without tokens for its jobs. */
  public Offer withJobTokens(boolean wanted) {
    return new Offer(name, tenant, workerType, capabilities, tools, region, maxConcurrent, wanted);
  }
}
