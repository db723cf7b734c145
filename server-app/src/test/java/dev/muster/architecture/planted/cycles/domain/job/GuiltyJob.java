package dev.muster.architecture.planted.cycles.domain.job;

import dev.muster.architecture.planted.cycles.domain.fleet.GuiltyAgent;

public final class GuiltyJob {
  GuiltyAgent agent;
}
