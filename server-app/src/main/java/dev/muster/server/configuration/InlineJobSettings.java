package dev.muster.server.configuration;

import dev.muster.inline.AllowedServer;
import java.time.Duration;
import java.util.List;

/**
 * What this replica runs itself, of tenants that work inline.
 *
 * @param slots how many scripts at once; 0 for none
 * @param heapMebibytes the heap of each; its JVM takes some 60 MiB beside it
 * @param time how long each may take
 * @param cpu how much processor time each may use
 * @param outputBytes how much each may log
 * @param servers where they may send requests
 */
public record InlineJobSettings(
    int slots,
    int heapMebibytes,
    Duration time,
    Duration cpu,
    int outputBytes,
    List<AllowedServer> servers) {
  /** Copies the list. */
  public InlineJobSettings {
    servers = List.copyOf(servers);
  }
}
