package dev.muster.agent.api;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an agent that comes by name says of itself.
 *
 * @param version its version
 * @param capabilities what it can do
 * @param tools the programs it may run
 * @param region where it is; null when it does not say
 * @param maxConcurrent jobs at a time
 * @param registrationId makes the call repeatable: the same id gets a lost update key again
 */
public record Introduction(
    String version,
    List<String> capabilities,
    List<String> tools,
    @Nullable String region,
    int maxConcurrent,
    UUID registrationId) {
  /** Copies the lists. */
  public Introduction {
    capabilities = List.copyOf(capabilities);
    tools = List.copyOf(tools);
  }
}
