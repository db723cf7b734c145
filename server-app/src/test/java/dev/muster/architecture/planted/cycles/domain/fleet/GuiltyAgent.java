package dev.muster.architecture.planted.cycles.domain.fleet;

import dev.muster.architecture.planted.cycles.domain.job.GuiltyJob;
import dev.muster.architecture.planted.cycles.domain.tenancy.InnocentTenant;

public final class GuiltyAgent {
  GuiltyJob job;
  InnocentTenant tenant;
}
