package dev.muster.ports.out.fleet;

import dev.muster.ports.out.job.InMemoryJobStorage;
import dev.muster.ports.out.job.JobStorage;

/** The contract, kept in memory. */
final class InMemoryInlineAgentsTest extends InlineAgentsContract {
  private final InMemoryJobStorage storage = new InMemoryJobStorage();

  @Override
  protected JobStorage storage() {
    return storage;
  }
}
