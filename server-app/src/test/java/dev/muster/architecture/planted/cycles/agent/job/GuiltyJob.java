package dev.muster.architecture.planted.cycles.agent.job;

import dev.muster.architecture.planted.cycles.agent.fleet.GuiltyAgent;

public final class GuiltyJob {
  GuiltyAgent agent;
}
