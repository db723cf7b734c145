package dev.muster.architecture.planted.cycles.wire.fleet;

import dev.muster.architecture.planted.cycles.wire.job.GuiltyJob;
import dev.muster.architecture.planted.cycles.wire.tenancy.InnocentTenant;

public final class GuiltyAgent {
  GuiltyJob job;
  InnocentTenant tenant;
}
