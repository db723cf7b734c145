package dev.muster.architecture.planted.cycles.ports.out.fleet;

import dev.muster.architecture.planted.cycles.ports.out.job.GuiltyJob;
import dev.muster.architecture.planted.cycles.ports.out.tenancy.InnocentTenant;

public final class GuiltyAgent {
  GuiltyJob job;
  InnocentTenant tenant;
}
