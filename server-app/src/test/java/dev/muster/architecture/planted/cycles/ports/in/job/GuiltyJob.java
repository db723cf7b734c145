package dev.muster.architecture.planted.cycles.ports.in.job;

import dev.muster.architecture.planted.cycles.ports.in.fleet.GuiltyAgent;

public final class GuiltyJob {
  GuiltyAgent agent;
}
