package dev.muster.architecture.planted.cycles.jdbc.job;

import dev.muster.architecture.planted.cycles.jdbc.fleet.GuiltyAgent;

public final class GuiltyJob {
  GuiltyAgent agent;
}
