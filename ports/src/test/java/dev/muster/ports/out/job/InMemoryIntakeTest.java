package dev.muster.ports.out.job;

/** The contract, kept in memory. */
final class InMemoryIntakeTest extends IntakeContract {
  private final InMemoryJobStorage storage = new InMemoryJobStorage();

  @Override
  protected JobStorage storage() {
    return storage;
  }
}
