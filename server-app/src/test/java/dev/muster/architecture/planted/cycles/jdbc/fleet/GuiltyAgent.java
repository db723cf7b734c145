package dev.muster.architecture.planted.cycles.jdbc.fleet;

import dev.muster.architecture.planted.cycles.jdbc.job.GuiltyJob;
import dev.muster.architecture.planted.cycles.jdbc.tenancy.InnocentTenant;

public final class GuiltyAgent {
  GuiltyJob job;
  InnocentTenant tenant;
}
