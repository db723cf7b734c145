package dev.muster.architecture.planted.cycles.application.job;

import dev.muster.architecture.planted.cycles.application.fleet.GuiltyAgent;

public final class GuiltyJob {
  GuiltyAgent agent;
}
