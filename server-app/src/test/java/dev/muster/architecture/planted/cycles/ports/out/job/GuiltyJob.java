package dev.muster.architecture.planted.cycles.ports.out.job;

import dev.muster.architecture.planted.cycles.ports.out.fleet.GuiltyAgent;

public final class GuiltyJob {
  GuiltyAgent agent;
}
