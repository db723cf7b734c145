package dev.muster.ports.out.scheduling;

import dev.muster.ports.out.job.InMemoryJobStorage;
import dev.muster.ports.out.job.JobStorage;

/** The contract, kept in memory. */
final class InMemoryExperienceTest extends ExperienceContract {
  private final InMemoryJobStorage storage = new InMemoryJobStorage();

  @Override
  protected JobStorage storage() {
    return storage;
  }
}
