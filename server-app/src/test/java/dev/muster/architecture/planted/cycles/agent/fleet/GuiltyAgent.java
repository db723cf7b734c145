package dev.muster.architecture.planted.cycles.agent.fleet;

import dev.muster.architecture.planted.cycles.agent.job.GuiltyJob;
import dev.muster.architecture.planted.cycles.agent.tenancy.InnocentTenant;

public final class GuiltyAgent {
  GuiltyJob job;
  InnocentTenant tenant;
}
