package dev.muster.architecture.planted.cycles.http.fleet;

import dev.muster.architecture.planted.cycles.http.job.GuiltyJob;
import dev.muster.architecture.planted.cycles.http.tenancy.InnocentTenant;

public final class GuiltyAgent {
  GuiltyJob job;
  InnocentTenant tenant;
}
