package dev.muster.architecture.planted.cycles.ports.in.fleet;

import dev.muster.architecture.planted.cycles.ports.in.job.GuiltyJob;
import dev.muster.architecture.planted.cycles.ports.in.tenancy.InnocentTenant;

public final class GuiltyAgent {
  GuiltyJob job;
  InnocentTenant tenant;
}
