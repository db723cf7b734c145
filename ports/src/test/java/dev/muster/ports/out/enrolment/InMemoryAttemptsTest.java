package dev.muster.ports.out.enrolment;

import dev.muster.ports.out.InMemoryPorts;
import dev.muster.ports.out.Samples;

/** The contract, kept in memory. */
final class InMemoryAttemptsTest extends AttemptsContract {
  private final InMemoryPorts ports = new InMemoryPorts(Samples.NOW);

  @Override
  protected Attempts attempts() {
    return ports.attempts();
  }
}
