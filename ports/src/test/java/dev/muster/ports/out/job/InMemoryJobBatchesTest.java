package dev.muster.ports.out.job;

/** The contract, kept in memory. */
final class InMemoryJobBatchesTest extends JobBatchesContract {
  private final InMemoryJobStorage storage = new InMemoryJobStorage();

  @Override
  protected JobStorage storage() {
    return storage;
  }
}
