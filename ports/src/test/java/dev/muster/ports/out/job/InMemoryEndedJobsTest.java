package dev.muster.ports.out.job;

/** The contract, kept in memory. */
final class InMemoryEndedJobsTest extends EndedJobsContract {
  private final InMemoryJobStorage storage = new InMemoryJobStorage();

  @Override
  protected JobStorage storage() {
    return storage;
  }
}
