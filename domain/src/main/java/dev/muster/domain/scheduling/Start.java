package dev.muster.domain.scheduling;

import dev.muster.domain.fleet.AgentId;

/** A start while its plan is still in the making. */
record Start(Contender contender, QueuedJob job, AgentId agent) {
  Planned planned() {
    return new Planned(new Grant(job.tenant(), job.id(), agent), job, contender.floor());
  }
}
