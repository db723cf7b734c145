package dev.muster.architecture.planted.cycles.application.fleet;

import dev.muster.architecture.planted.cycles.application.job.GuiltyJob;
import dev.muster.architecture.planted.cycles.application.tenancy.InnocentTenant;

public final class GuiltyAgent {
  GuiltyJob job;
  InnocentTenant tenant;
}
