package dev.muster.agent.loop;

import dev.muster.agent.api.ClaimedJob;
import dev.muster.agent.connector.Assignment;

/** What connectors are told of a claimed job. */
final class Assignments {
  private Assignments() {}

  static Assignment of(HeldJob held) {
    ClaimedJob job = held.job();
    return new Assignment(
        job.lease().job(),
        job.lease().attempt(),
        job.tenantId(),
        job.tenantSlug(),
        job.type(),
        job.payload(),
        job.runTimeout(),
        job.token());
  }
}
